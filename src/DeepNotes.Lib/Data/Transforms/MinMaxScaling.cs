namespace DeepNotes;

/// <summary>
/// Scales every feature to the range from 0 to 1 over the training data: (x - min) / (max - min). Other data may lie outside
/// it; a constant feature becomes 0.
/// </summary>
public sealed class MinMaxScaling : FittedTransform
{
    private MinMaxScaling(Shape sampleShape, Tensor minimum, Tensor range)
        : base(sampleShape) => (Minimum, Range) = (minimum, range);

    /// <summary>The smallest value of each feature.</summary>
    public Tensor Minimum { get; }

    /// <summary>max - min of each feature; 1 for a constant one.</summary>
    public Tensor Range { get; }

    /// <summary>Computes the smallest and largest value of every feature.</summary>
    /// <param name="train">The training data.</param>
    /// <exception cref="ShapeException">There are no samples.</exception>
    /// <exception cref="ArgumentException">A value is NaN or infinite.</exception>
    public static MinMaxScaling Fit(Dataset train)
    {
        var columns = RowsOf("MinMaxScaling.Fit", train).EnumerateColumns().ToArray();
        var shape = train.Inputs.Shape.Without(0);
        var ranges = columns.Select(column => column.Maximum() - column.Minimum());
        return new MinMaxScaling(
            shape,
            Tensor.From([.. columns.Select(column => (float)column.Minimum())], shape),
            Tensor.From([.. ranges.Select(range => (float)(range > 0 ? range : 1))], shape));
    }

    private protected override Tensor Forward(Tensor samples) => (samples - Minimum.To(samples.Device)) / Range.To(samples.Device);

    private protected override Tensor Backward(Tensor samples) => (samples * Range.To(samples.Device)) + Minimum.To(samples.Device);
}
