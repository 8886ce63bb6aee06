namespace DeepNotes;

/// <summary>
/// A learned vector for each of a number of things, such as words: y[n, t] = W[x[n, t]], from whole numbers [N] or [N, T]
/// to [N, width] or [N, T, width]. It is the product of W with one-hot rows, without making them (Bengio et al. 2003).
/// dW adds up dy over the places where a row was used; the numbers themselves have no gradient.
/// </summary>
public sealed class Embedding : Layer
{
    // Beyond 2²⁴ not every whole number is a float32.
    private const int LargestCount = 1 << 24;

    /// <summary>Vectors for 0 … count-1, from N(0, 1).</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="width">Features of each.</param>
    /// <param name="paddingIndex">A number that only fills up short sequences: its vector begins at 0 and does not learn.</param>
    /// <param name="seed">Fixes W; the next of <see cref="Seeds"/> unless given.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size that is not positive, a count above 2²⁴, or padding outside 0 … count-1.</exception>
    public Embedding(int count, int width, int? paddingIndex = null, ulong? seed = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, LargestCount);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        if (paddingIndex < 0 || paddingIndex >= count)
        {
            throw new ArgumentOutOfRangeException(nameof(paddingIndex), $"Embedding: padding index {paddingIndex}: expected 0 to {count - 1}.");
        }

        (Count, Width, PaddingIndex) = (count, width, paddingIndex);
        Weight = new Parameter([count, width], Drawn, seed ?? Seeds.Next());
    }

    /// <summary>How many vectors there are.</summary>
    public int Count { get; }

    /// <summary>Features of each vector.</summary>
    public int Width { get; }

    /// <summary>The number whose vector does not learn, or null.</summary>
    public int? PaddingIndex { get; }

    /// <summary>W [count, width].</summary>
    public Parameter Weight { get; }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        if (x.Shape.Count is not (1 or 2) || x.Length == 0)
        {
            throw new ShapeException($"{this}: expected numbers [N] or [N, T], at least one, got {x.Shape}.");
        }

        int[] indices = [.. x.ToArray().Select(Index)];
        var y = Weight.Value.Rows(indices);
        if (PaddingIndex is not null)
        {
            var learns = Tensor.From([.. indices.Select(index => index == PaddingIndex ? 0f : 1f)], [indices.Length, 1], y.Device);
            y = learns * y + (1 - learns) * y.Detach();
        }

        return y.Reshape([.. x.Shape, Width]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"Embedding({Count}→{Width})";

    private int Index(float value, int place) => value >= 0 && value < Count && MathF.Truncate(value) == value
        ? (int)value
        : throw new ArgumentOutOfRangeException(nameof(value), $"{this}: expected whole numbers from 0 to {Count - 1}, got {value} at place {place}.");

    private float[] Drawn(Shape shape, Generator generator)
    {
        var values = Initializers.NormalWith(1)(shape, generator);
        if (PaddingIndex is { } padding)
        {
            values.AsSpan(padding * Width, Width).Clear();
        }

        return values;
    }
}
