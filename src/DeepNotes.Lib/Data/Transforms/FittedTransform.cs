using MathNet.Numerics.LinearAlgebra;

namespace DeepNotes;

/// <summary>
/// A transform of the inputs that is fitted to training data. Instances come from <c>Fit(train)</c> alone and never change, so
/// that nothing leaks from the data they are applied to.
/// </summary>
public abstract class FittedTransform
{
    private protected FittedTransform(Shape sampleShape) => SampleShape = sampleShape;

    /// <summary>The shape of one sample of the training data, without N.</summary>
    public Shape SampleShape { get; }

    /// <summary>The transformed samples with the same labels or targets.</summary>
    /// <exception cref="ShapeException">The samples have another shape.</exception>
    public Dataset Apply(Dataset data) => data.WithInputs(Apply(data.Inputs));

    /// <summary>The transformed samples, [N, …].</summary>
    /// <exception cref="ShapeException">The samples have another shape.</exception>
    public Tensor Apply(Tensor samples)
    {
        Check(nameof(Apply), samples, SampleShape);
        return Forward(samples);
    }

    /// <summary>The inverse transform, [N, …]; if the transform is lossy, the nearest samples.</summary>
    /// <exception cref="ShapeException">The samples have another shape than the output of <see cref="Apply(Tensor)"/>.</exception>
    public Tensor Inverse(Tensor samples)
    {
        Check(nameof(Inverse), samples, ChangedShape);
        return Backward(samples);
    }

    /// <summary>The shape of one transformed sample.</summary>
    private protected virtual Shape ChangedShape => SampleShape;

    private protected abstract Tensor Forward(Tensor samples);

    private protected abstract Tensor Backward(Tensor samples);

    /// <summary>The training samples as rows of features.</summary>
    /// <exception cref="ShapeException">There are no values.</exception>
    /// <exception cref="ArgumentException">A value is NaN or infinite.</exception>
    private protected static Matrix<double> RowsOf(string operation, Dataset train)
    {
        var inputs = train.Inputs;
        if (train.Count == 0 || inputs.Length == 0)
        {
            throw new ShapeException($"{operation} of '{train.Name}': expected at least 1 sample with 1 feature, got {inputs.Shape}.");
        }

        var rows = inputs.Reshape(train.Count, inputs.Length / train.Count).ToMatrix();
        var wrong = inputs.ToArray().AsSpan().IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        return wrong < 0
            ? rows
            : throw new ArgumentException(
                $"{operation} of '{train.Name}': expected numbers, got {inputs.ToArray()[wrong]} in sample {wrong / rows.ColumnCount}; "
                + "fill or leave out what is missing first.",
                nameof(train));
    }

    private void Check(string operation, Tensor samples, Shape expected)
    {
        if (samples.Shape.Count == 0 || samples.Shape.Without(0) != expected)
        {
            throw new ShapeException(
                $"{GetType().Name}.{operation}: expected samples of shape [N{string.Concat(expected.Select(length => $", {length}"))}], "
                + $"got {samples.Shape}.");
        }
    }
}
