using DeepNotes.Backends;

namespace DeepNotes;

/// <summary>Samples in host memory, one row each; the tensor of all of them is created at the first access.</summary>
internal sealed class SampleRows
{
    private readonly Lazy<Tensor> _tensor;

    public SampleRows(float[] values, Shape shape)
    {
        if (shape.Elements != values.Length)
        {
            throw new ShapeException($"Dataset: shape {shape} needs {shape.Elements} values, got {values.Length}.");
        }

        (Shape, Values) = (shape, values);
        _tensor = new Lazy<Tensor>(() =>
        {
            // The first access may be inside a training step, whose tensors end with it; this one must not.
            using var staying = StepMemory.Suspend();
            return Tensor.From(values, shape);
        });
    }

    /// <summary>Copies the samples of a tensor.</summary>
    public SampleRows(Tensor tensor)
        : this(tensor.ToArray(), tensor.Shape)
    {
        if (tensor.Shape.Count == 0)
        {
            throw new ShapeException($"Dataset: expected samples along the first axis, [N, …], got shape {tensor.Shape}.");
        }
    }

    /// <summary>[N, …]: N samples.</summary>
    public Shape Shape { get; }

    public Tensor Tensor => _tensor.Value;

    /// <summary>The values, without copying.</summary>
    public float[] Values { get; }

    /// <summary>The values of one sample.</summary>
    public Span<float> Row(int index) => Values.AsSpan(index * Width, Width);

    private int Width => Shape.Without(0).Elements;

    /// <summary>Copies of the rows with these indices, in this order.</summary>
    public SampleRows Gather(ReadOnlySpan<int> indices)
    {
        var width = Width;
        var source = Values;
        var values = new float[indices.Length * width];
        for (var i = 0; i < indices.Length; i++)
        {
            source.AsSpan(indices[i] * width, width).CopyTo(values.AsSpan(i * width));
        }

        return new SampleRows(values, Shape.With(0, indices.Length));
    }
}
