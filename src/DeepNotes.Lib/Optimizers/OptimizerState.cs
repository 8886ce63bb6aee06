using DeepNotes.Backends;

namespace DeepNotes;

/// <summary>
/// What an update needs beside the parameter's value and gradient: the rate and the count of this update, and what the
/// optimizer remembers: named tensors of the parameter's shape, zero at first, and named numbers.
/// </summary>
public sealed class OptimizerState
{
    private readonly Dictionary<string, Tensor> _tensors = [];
    private readonly Dictionary<string, double> _numbers = [];
    private readonly Shape _shape;
    private readonly Device _device;

    internal OptimizerState(Parameter parameter) => (_shape, _device) = (parameter.Shape, parameter.Value.Device);

    /// <summary>η of this update: the optimizer's rate, times its schedule's factor, times the group's.</summary>
    public float LearningRate { get; internal set; }

    /// <summary>t: how many times this parameter has been updated, this update included; from 1.</summary>
    public int Step { get; internal set; }

    /// <summary>The tensor of a name, "velocity"; zeros before it is set.</summary>
    public Tensor this[string name]
    {
        get => _tensors.TryGetValue(name, out var tensor) ? tensor : Tensor.Full(_shape, 0, _device);
        set
        {
            if (_tensors.TryGetValue(name, out var tensor) && tensor.Shape == value.Shape)
            {
                tensor.Assign(value);
            }
            else
            {
                _tensors[name] = value.Keep();
            }
        }
    }

    internal IReadOnlyDictionary<string, Tensor> Tensors => _tensors;

    internal IReadOnlyDictionary<string, double> Numbers => _numbers;

    /// <summary>The number of a name, <paramref name="initial"/> before it is set.</summary>
    public double Number(string name, double initial) => _numbers.GetValueOrDefault(name, initial);

    /// <summary>Remembers a number.</summary>
    public void SetNumber(string name, double value) => _numbers[name] = value;

    internal Tensor? Take(string name) => _tensors.Remove(name, out var tensor) ? tensor : null;
}
