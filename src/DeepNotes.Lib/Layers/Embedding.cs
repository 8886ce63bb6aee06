namespace DeepNotes;

/// <summary>
/// A learned vector for each of a number of items, such as words: y[n, t] = W[x[n, t]], from whole numbers of any shape
/// [N, …] to [N, …, width]. The numbers are given as <c>int[]</c>, or as a tensor in a <see cref="Sequential"/>. It is the product of W with one-hot rows, without creating these (Bengio et al. 2003).
/// dW adds up dy over the positions where a row was used; the numbers themselves have no gradient.
/// </summary>
public sealed class Embedding : Layer
{
    // Beyond 2²⁴ not every whole number is a float32.
    private const int LargestOfTensor = 1 << 24;

    /// <summary>Vectors for 0 … count-1, from N(0, 1).</summary>
    /// <param name="count">The number of vectors.</param>
    /// <param name="width">Features of each.</param>
    /// <param name="paddingIndex">The number that pads short sequences: its vector is initialised to 0 and not trained.</param>
    /// <param name="seed">Fixes W; the next of <see cref="Seeds"/> unless given.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size that is not positive, or padding outside 0 … count-1.</exception>
    public Embedding(int count, int width, int? paddingIndex = null, ulong? seed = null)
    {
        Check.AtLeast(1, count, nameof(Embedding));
        Check.AtLeast(1, width, nameof(Embedding));
        if (paddingIndex < 0 || paddingIndex >= count)
        {
            throw new ArgumentOutOfRangeException(nameof(paddingIndex), $"Embedding: padding index {paddingIndex}: expected 0 to {count - 1}.");
        }

        (Count, Width, PaddingIndex) = (count, width, paddingIndex);
        Weight = new Parameter([count, width], Drawn, seed ?? Seeds.Next());
    }

    /// <summary>A layer initialised with a copy of these vectors.</summary>
    /// <param name="weight">W [count, width].</param>
    /// <param name="paddingIndex">The number whose vector is not trained; it keeps its values.</param>
    /// <exception cref="ShapeException">W is not a matrix.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Padding outside 0 … count-1.</exception>
    public static Embedding From(Tensor weight, int? paddingIndex = null)
    {
        var shape = InitialValues.ShapeOf(weight, "Embedding.From", "Weight [count, width]");
        return new Embedding(shape[0], shape[1], paddingIndex, seed: 0).Holding(weight);
    }

    /// <summary>The number of vectors.</summary>
    public int Count { get; }

    /// <summary>Features of each vector.</summary>
    public int Width { get; }

    /// <summary>The number whose vector is not trained, or null.</summary>
    public int? PaddingIndex { get; }

    /// <summary>W [count, width].</summary>
    public Parameter Weight { get; }

    /// <summary>The vectors of these numbers, [N, width].</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number outside 0 … count-1.</exception>
    public Tensor Forward(int[] indices) => Forward(indices, [indices.Length]);

    /// <summary>The vectors of sequences of numbers, [N, T] to [N, T, width].</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number outside 0 … count-1.</exception>
    public Tensor Forward(int[,] indices) => Forward([.. indices.Cast<int>()], [indices.GetLength(0), indices.GetLength(1)]);

    /// <summary>The vectors of row-major numbers, [.., width].</summary>
    /// <exception cref="ShapeException">The shape has another number of elements.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number outside 0 … count-1.</exception>
    public Tensor Forward(int[] indices, Shape shape)
    {
        if (shape.Elements != indices.Length)
        {
            throw new ShapeException($"{this}: expected {shape.Elements} numbers for shape {shape}, got {indices.Length}.");
        }

        var y = Look(indices, shape);
        Show(() => Tensor.From(Array.ConvertAll(indices, index => (float)index), shape), y);
        return y;
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        var wrong = Array.FindIndex(x.ToArray(), value => MathF.Truncate(value) != value || MathF.Abs(value) > LargestOfTensor);
        return wrong < 0
            ? Look([.. x.ToArray().Select(value => (int)value)], x.Shape)
            : throw OutOfRange($"{x.ToArray()[wrong]}", wrong);
    }

    private Tensor Look(int[] indices, Shape shape)
    {
        if (Array.FindIndex(indices, index => (uint)index >= (uint)Count) is var wrong and >= 0)
        {
            throw OutOfRange($"{indices[wrong]}", wrong);
        }

        var y = Weight.Value.Rows(indices);
        if (PaddingIndex is not null)
        {
            var learns = Tensor.From([.. indices.Select(index => index == PaddingIndex ? 0f : 1f)], [indices.Length, 1], y.Device);
            y = learns * y + (1 - learns) * y.Detach();
        }

        return y.Reshape([.. shape, Width]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"Embedding({Count}→{Width})";

    private ArgumentOutOfRangeException OutOfRange(string given, int position) => new(
        null, $"{this}: expected whole numbers from 0 to {Count - 1}, got {given} at position {position}"
        + (Count > LargestOfTensor ? "; a tensor has only numbers up to 2²⁴ exactly, give them as int[]." : "."));

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
