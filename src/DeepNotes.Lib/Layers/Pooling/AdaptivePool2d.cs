using DeepNotes.Backends;

namespace DeepNotes;

/// <summary>
/// Pooling to a given size, whatever the input's: output row i covers input rows ⌊i·H/OH⌋ to ⌈(i+1)·H/OH⌉, columns
/// likewise. How VGG takes images of any size.
/// </summary>
public abstract class AdaptivePool2d : Layer
{
    /// <summary>Pools to this height and width.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1.</exception>
    protected AdaptivePool2d(Size2D output) => Output = output.Positive(GetType().Name, nameof(output));

    /// <summary>Height and width of the result.</summary>
    public Size2D Output { get; }

    /// <inheritdoc/>
    protected sealed override Tensor Compute(Tensor x)
    {
        if (x.Shape.Count != 4 || x.Length == 0)
        {
            throw new ShapeException($"{this}: expected images [N, C, H, W] of at least one value, got {x.Shape}.");
        }

        return x.Shape[2] == Output.Height && x.Shape[3] == Output.Width ? x : Pool(x);
    }

    /// <summary>The result, for images of another size.</summary>
    protected abstract Tensor Pool(Tensor x);

    /// <summary>The inputs that one output covers.</summary>
    protected static (int Start, int Count) Bin(int i, int inputs, int outputs)
    {
        var start = (int)((long)i * inputs / outputs);
        return (start, (int)(((long)(i + 1) * inputs + outputs - 1) / outputs) - start);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{GetType().Name}({Output})";
}

/// <summary>The mean over each bin: a product with a matrix of means from the left and from the right.</summary>
public sealed class AdaptiveAveragePool2d(Size2D output) : AdaptivePool2d(output)
{
    /// <inheritdoc/>
    protected override Tensor Pool(Tensor x)
    {
        var (rows, columns) = (Means(x.Shape[2], Output.Height, x.Device), Means(x.Shape[3], Output.Width, x.Device));
        var planes = x.Reshape(x.Shape[0] * x.Shape[1], x.Shape[2], x.Shape[3]);
        return rows.MatMul(planes).MatMul(columns, transposeB: true).Reshape(x.Shape[0], x.Shape[1], Output.Height, Output.Width);
    }

    // Row i has 1/n at the n inputs of bin i.
    private static Tensor Means(int inputs, int outputs, Device device)
    {
        var means = new float[outputs * inputs];
        for (var i = 0; i < outputs; i++)
        {
            var (start, count) = Bin(i, inputs, outputs);
            means.AsSpan(i * inputs + start, count).Fill(1f / count);
        }

        return Tensor.From(means, [outputs, inputs], device);
    }
}

/// <summary>The largest of each bin.</summary>
public sealed class AdaptiveMaxPool2d(Size2D output) : AdaptivePool2d(output)
{
    /// <inheritdoc/>
    protected override Tensor Pool(Tensor x) => Tensor.Concatenate(2, [.. Enumerable.Range(0, Output.Height).Select(i => Row(x, i))]);

    private Tensor Row(Tensor x, int i)
    {
        var (top, height) = Bin(i, x.Shape[2], Output.Height);
        var rows = x.Slice(2, top, height);
        return Tensor.Concatenate(3, [.. Enumerable.Range(0, Output.Width).Select(j =>
        {
            var (left, width) = Bin(j, x.Shape[3], Output.Width);
            return rows.Slice(3, left, width).MaxPool((height, width));
        })]);
    }
}
