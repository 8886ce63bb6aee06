namespace DeepNotes;

/// <summary>Samples on the host, one row each; a tensor of them all is made once somebody asks for it.</summary>
internal sealed class SampleRows
{
    private readonly Lazy<float[]> _values;
    private readonly Lazy<Tensor> _tensor;

    public SampleRows(float[] values, Shape shape)
    {
        if (shape.Elements != values.Length)
        {
            throw new ShapeException($"Dataset: shape {shape} needs {shape.Elements} values, got {values.Length}.");
        }

        Shape = shape;
        _values = new Lazy<float[]>(values);
        _tensor = new Lazy<Tensor>(() => Tensor.From(values, shape));
    }

    public SampleRows(Tensor tensor)
    {
        if (tensor.Shape.Count == 0)
        {
            throw new ShapeException($"Dataset: expected samples along the first axis, [N, …], got shape {tensor.Shape}.");
        }

        Shape = tensor.Shape;
        _values = new Lazy<float[]>(tensor.ToArray);
        _tensor = new Lazy<Tensor>(tensor);
    }

    /// <summary>[N, …]: N samples.</summary>
    public Shape Shape { get; }

    public Tensor Tensor => _tensor.Value;

    /// <summary>The values, not a copy.</summary>
    public float[] Values => _values.Value;

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
