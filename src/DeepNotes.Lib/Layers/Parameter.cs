using DeepNotes.Backends;

namespace DeepNotes;

/// <summary>
/// A tensor that training changes. Its memory is allocated on first use, from a seed fixed at construction: describing a
/// network of a hundred million parameters costs nothing, and using it in another order changes nothing.
/// </summary>
public sealed class Parameter(Shape shape, Initializer initializer, ulong seed)
{
    private Tensor? _value;

    /// <summary>The shape, known before the values are allocated.</summary>
    public Shape Shape { get; } = shape;

    /// <summary>The values; they require a gradient unless frozen.</summary>
    public Tensor Value => Backends.Device.Current.IsShapesOnly ? Tensor.Zeros(Shape).RequireGradient() : _value ??= CreateValue();

    /// <summary>Uses another tensor as the values: to differentiate through it, or to share it with another layer.</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public void Bind(Tensor value) => _value = value.Shape == Shape
        ? value
        : throw new ShapeException($"Parameter.Bind: expected {Shape}, got {value.Shape}.");

    /// <summary>Uses a copy of these values as the initial ones.</summary>
    internal void Initialize(Tensor values) => _value = values.Keep().RequireGradient(!IsFrozen);

    /// <summary>The device of the values; null until they are allocated.</summary>
    internal Device? Device => _value?.Device;

    /// <summary>Moves the values to a device, without their gradient. Values that are shared with another parameter are moved once.</summary>
    internal void MoveTo(Device device, Dictionary<Tensor, Tensor> moved)
    {
        if (Value is var value && value.Device != device)
        {
            _value = moved.TryGetValue(value, out var there) ? there : moved[value] = value.To(device).RequireGradient(!IsFrozen);
        }
    }

    /// <summary>A frozen parameter requires no gradient and keeps its values.</summary>
    public bool IsFrozen
    {
        get;
        set
        {
            field = value;
            _value?.RequireGradient(!value);
        }
    }

    /// <summary>Whether the values have been allocated.</summary>
    public bool IsAllocated => _value is not null;

    /// <summary>d loss / d value after a backward pass.</summary>
    public Tensor? Gradient => _value?.Gradient;

    /// <summary>A parameter is used as its values in formulas.</summary>
    public static implicit operator Tensor(Parameter parameter) => parameter.Value;

    private Tensor CreateValue()
    {
        using (StepMemory.Suspend())
        {
            return Tensor.From(initializer(Shape, new Generator(seed)), Shape).RequireGradient(!IsFrozen);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"Parameter {Shape}";
}
