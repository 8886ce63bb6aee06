namespace DeepNotes;

/// <summary>
/// Scales every feature to mean 0 and variance 1 over the training data: (x - μ) / σ, with σ² = mean((x - μ)²). A constant
/// feature becomes 0.
/// </summary>
public sealed class Standardization : FittedTransform
{
    private Standardization(Shape sampleShape, Tensor mean, Tensor deviation)
        : base(sampleShape) => (Mean, Deviation) = (mean, deviation);

    /// <summary>μ, in a shape that broadcasts over the samples.</summary>
    public Tensor Mean { get; }

    /// <summary>σ, in a shape that broadcasts over the samples; 1 for a constant feature.</summary>
    public Tensor Deviation { get; }

    /// <summary>Computes μ and σ of every feature.</summary>
    /// <param name="train">The training data.</param>
    /// <exception cref="ShapeException">There are no samples.</exception>
    /// <exception cref="ArgumentException">A value is NaN or infinite.</exception>
    public static Standardization Fit(Dataset train)
    {
        var moments = RowsOf("Standardization.Fit", train).EnumerateColumns().Select(column => Moments(column)).ToArray();
        return From(train, train.Inputs.Shape.Without(0), moments);
    }

    /// <summary>Computes μ and σ of each channel of images [N, C, H, W], over all its pixels.</summary>
    /// <param name="train">The training data.</param>
    /// <exception cref="ShapeException">There are no samples, or they are not images.</exception>
    /// <exception cref="ArgumentException">A value is NaN or infinite.</exception>
    public static Standardization FitChannels(Dataset train)
    {
        var shape = train.Inputs.Shape;
        if (shape.Count != 4)
        {
            throw new ShapeException($"Standardization.FitChannels of '{train.Name}': expected images [N, C, H, W], got {shape}.");
        }

        var area = shape[2] * shape[3];
        var rows = RowsOf("Standardization.FitChannels", train);
        var moments = Enumerable.Range(0, shape[1])
            .Select(channel => Moments(rows.SubMatrix(0, shape[0], channel * area, area).Enumerate()));
        return From(train, [shape[1], 1, 1], [.. moments]);
    }

    private protected override Tensor Forward(Tensor samples) => (samples - Mean.To(samples.Device)) / Deviation.To(samples.Device);

    private protected override Tensor Backward(Tensor samples) => (samples * Deviation.To(samples.Device)) + Mean.To(samples.Device);

    private static Standardization From(Dataset train, Shape shape, (double Mean, double Deviation)[] moments) => new(
        train.Inputs.Shape.Without(0),
        Tensor.From(Array.ConvertAll(moments, moment => (float)moment.Mean), shape),
        Tensor.From(Array.ConvertAll(moments, moment => (float)(moment.Deviation > 0 ? moment.Deviation : 1)), shape));

    /// <summary>Two passes, with the first value subtracted, so that the deviation of a constant is exactly 0.</summary>
    private static (double Mean, double Deviation) Moments(IEnumerable<double> values)
    {
        var all = values.ToArray();
        var mean = all[0] + all.Average(value => value - all[0]);
        return (mean, Math.Sqrt(all.Average(value => (value - mean) * (value - mean))));
    }
}
