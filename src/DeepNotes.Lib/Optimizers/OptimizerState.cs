using DeepNotes.Backends;

namespace DeepNotes;

/// <summary>
/// What an update needs beside the parameter's value and gradient: the rate and the count of this update, and what the
/// optimizer remembers: named tensors of the parameter's shape, zero at first, and named numbers.
/// </summary>
public sealed class OptimizerState
{
    private readonly Dictionary<string, Tensor> _tensors = [];
    private readonly Dictionary<string, Tensor> _next = [];
    private readonly Dictionary<string, double> _numbers = [];
    private readonly Shape _shape;
    private Device _device;

    internal OptimizerState(Parameter parameter) => (_shape, _device) = (parameter.Shape, parameter.Value.Device);

    /// <summary>η of this update: the optimizer's rate, times its schedule's factor, times the group's.</summary>
    public float LearningRate { get; internal set; }

    /// <summary>t: how many times this parameter has been updated, this update included; from 1.</summary>
    public int Step { get; internal set; }

    /// <summary>The tensor of a name, "velocity"; zeros before it is set. What was read before keeps its values until the update is done.</summary>
    public Tensor this[string name]
    {
        get => _next.TryGetValue(name, out var next) ? next
            : _tensors.TryGetValue(name, out var tensor) ? tensor
            : Tensor.Full(_shape, 0, _device);
        set => _next[name] = value;
    }

    /// <summary>Whether the tensor of a name has been set.</summary>
    public bool Has(string name) => _next.ContainsKey(name) || _tensors.ContainsKey(name);

    /// <summary>Follows the parameter to another device.</summary>
    internal void MoveTo(Device device)
    {
        if (device == _device)
        {
            return;
        }

        _device = device;
        using (StepMemory.Suspend())
        {
            foreach (var (name, tensor) in _tensors.ToList())
            {
                _tensors[name] = tensor.To(device);
            }
        }
    }

    /// <summary>Copies what was set into memory that outlives the step.</summary>
    internal void Commit()
    {
        foreach (var (name, next) in _next)
        {
            if (_tensors.TryGetValue(name, out var tensor) && tensor.Shape == next.Shape)
            {
                tensor.Assign(next);
            }
            else
            {
                _tensors[name] = next.Keep();
            }
        }

        _next.Clear();
    }

    /// <summary>The tensor of a name itself, to be changed in place.</summary>
    internal Tensor InPlace(string name)
    {
        if (!_tensors.TryGetValue(name, out var tensor))
        {
            using (StepMemory.Suspend())
            {
                _tensors[name] = tensor = Tensor.Full(_shape, 0, _device);
            }
        }

        return tensor;
    }

    internal IReadOnlyDictionary<string, Tensor> Tensors => _tensors;

    internal IEnumerable<string> Names => _tensors.Keys.Union(_next.Keys);

    internal IReadOnlyDictionary<string, double> Numbers => _numbers;

    /// <summary>The number of a name, <paramref name="initial"/> before it is set.</summary>
    public double Number(string name, double initial) => _numbers.GetValueOrDefault(name, initial);

    /// <summary>Remembers a number.</summary>
    public void SetNumber(string name, double value) => _numbers[name] = value;

    internal Tensor? Take(string name) => _tensors.Remove(name, out var tensor) ? tensor : null;
}
