namespace DeepNotes;

/// <summary>What an optimizer remembers of one parameter: named tensors of its shape, zero at first.</summary>
public sealed class OptimizerState(Shape shape)
{
    private readonly Dictionary<string, Tensor> _tensors = [];

    /// <summary>The tensor of a name: "velocity".</summary>
    public Tensor this[string name]
    {
        get => _tensors.TryGetValue(name, out var tensor) ? tensor : Tensor.Zeros(shape);
        set => _tensors[name] = value;
    }
}
