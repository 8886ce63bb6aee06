using DeepNotes.Backends;

namespace DeepNotes;

/// <summary>
/// A statistic that a layer accumulates in training and uses in evaluation: saved with the parameters, updated by the layer
/// and not by an optimizer.
/// </summary>
public sealed class RunningStatistic(Shape shape, float initial)
{
    private Tensor? _value;

    /// <summary>The shape, known before the values are allocated.</summary>
    public Shape Shape { get; } = shape;

    /// <summary>The values.</summary>
    public Tensor Value => Device.Current.IsShapesOnly ? Tensor.Zeros(Shape) : _value ??= CreateValue();

    /// <summary>Moves a share of the way to a new value: value ← (1 - share)·value + share·factor·seen.</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public void MoveTo(Tensor seen, float share, float factor = 1) => Value.Mix(1 - share, seen, share * factor);

    /// <summary>Uses a copy of these values as the initial ones.</summary>
    internal void Initialize(Tensor values) => _value = values.Keep();

    /// <summary>Moves the values to a device.</summary>
    internal void MoveTo(Device device) => _value = Value.Device == device ? Value : Value.To(device);

    /// <summary>A statistic is used as its values in formulas.</summary>
    public static implicit operator Tensor(RunningStatistic statistic) => statistic.Value;

    private Tensor CreateValue()
    {
        using (StepMemory.Suspend())
        {
            return Tensor.Full(Shape, initial);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"RunningStatistic {Shape}";
}
