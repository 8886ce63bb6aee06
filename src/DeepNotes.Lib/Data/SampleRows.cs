using DeepNotes.Backends;

namespace DeepNotes;

/// <summary>Samples on the host, one row each; a tensor of them all is made once somebody asks for it.</summary>
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
            // Asked for first inside of a training step, it must not end with the step.
            using var staying = StepMemory.Suspend();
            return Tensor.From(values, shape);
        });
    }

    /// <summary>The samples as they are now, whatever becomes of the tensor.</summary>
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

    /// <summary>The values, not a copy.</summary>
    public float[] Values { get; }

    /// <summary>The values of one sample.</summary>
    public Span<float> Row(int index) => Values.AsSpan(index * Width, Width);

    private int Width => Shape.Without(0).Elements;

    /// <summary>Copies of the rows with these numbers, in their order: the only place where samples are copied.</summary>
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
