using ILGPU;

namespace DeepNotes.Backends.Gpu;

/// <summary>
/// What a product C[i, j] = Σₖ A[i, k]·B[j, k] reads: both operands are addressed along the result first, along the sum second,
/// however they are stored. An operand that is computed, such as the patches of an image, makes the product a convolution.
/// </summary>
internal interface IOperand
{
    /// <summary>Whether neighbours along the sum are neighbours in memory; else those along the result are.</summary>
    bool RunsAlongSum { get; }

    /// <summary>Element (i, k) of a product's operand; 0 outside.</summary>
    float At(int product, int i, int k);
}

/// <summary>The result of a product.</summary>
internal interface IResult
{
    /// <summary>C[i, j] of a product, which is inside.</summary>
    void Store(int product, int i, int j, float value);
}

/// <summary>Consecutive matrices, stored [extent, depth] or, where the sum comes first, [depth, extent].</summary>
internal readonly struct MatrixOperand(ArrayView<float> values, int start, int step, int extent, int depth, bool isSumFirst) : IOperand
{
    private readonly int _isSumFirst = isSumFirst ? 1 : 0;

    public ArrayView<float> Values { get; } = values;

    public int Start { get; } = start;

    public int Step { get; } = step;

    public int Extent { get; } = extent;

    public int Depth { get; } = depth;

    public bool RunsAlongSum => _isSumFirst == 0;

    /// <summary>Whether rows begin at multiples of four floats, so that four are loaded at once.</summary>
    public bool IsAligned => (Start | Step | (_isSumFirst == 0 ? Depth : Extent)) % 4 == 0;

    public float At(int product, int i, int k) => i < Extent && k < Depth
        ? Values[Start + product * Step + (_isSumFirst == 0 ? i * Depth + k : k * Extent + i)]
        : 0f;
}

/// <summary>C as consecutive matrices [rows, columns], with an optional bias added to each row.</summary>
internal readonly struct MatrixResult(ArrayView<float> values, int rows, int columns, ArrayView<float> bias, bool hasBias) : IResult
{
    private readonly ArrayView<float> _values = values;
    private readonly ArrayView<float> _bias = bias;
    private readonly int _hasBias = hasBias ? 1 : 0;

    public void Store(int product, int i, int j, float value) =>
        _values[(product * rows + i) * columns + j] = _hasBias == 0 ? value : value + _bias[j];
}
