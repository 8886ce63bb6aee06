using DeepNotes.Backends;

namespace DeepNotes;

public sealed partial class Tensor
{
    /// <summary>
    /// C = op(A)·op(B) with op(A) [M, K] and op(B) [K, N]; a transposed operand is read the other way, never copied
    /// by the caller. Axes in front of the last two are a stack of matrices and broadcast, as in NumPy and PyTorch: [B, 1, M, K]
    /// times [H, K, N] gives [B, H, M, N]. A vector is a row on the left and a column on the right, and the result lacks
    /// that axis: [M, K]·[K] gives [M], [K]·[K, N] gives [N], [K]·[K] a scalar.
    /// dA = dC·op(B)ᵀ, dB = op(A)ᵀ·dC (transposed back where the operand is), summed over what was repeated.
    /// </summary>
    /// <exception cref="ShapeException">
    /// An operand is a scalar, the inner lengths differ, the stacks do not broadcast, or a vector is to be transposed.
    /// </exception>
    public Tensor MatMul(Tensor other, bool transposeA = false, bool transposeB = false) => MatMul(other, null, transposeA, transposeB);

    /// <summary>
    /// C = op(A)·op(B) + bias, as <see cref="MatMul(Tensor, bool, bool)"/>, with bias [N] added to each row while it is in
    /// the near cache. dbias = Σ dC over all rows.
    /// </summary>
    /// <exception cref="ShapeException">As without a bias, or the bias is not [N].</exception>
    public Tensor MatMul(Tensor other, Tensor? bias, bool transposeA = false, bool transposeB = false)
    {
        CheckDevice("MatMul", Operand(other, "MatMul"));
        CheckFactors(this, other, transposeA, transposeB);
        var (a, b) = (IsVector(this) ? Shaped([1, Length]) : this, IsVector(other) ? other.Shaped([other.Length, 1]) : other);
        if (bias is not null)
        {
            CheckDevice("MatMul", bias);
            CheckBias(bias, b.Shape[transposeB ? ^2 : ^1]);
        }

        // Two matrices, as in most training steps, need no shapes of a stack.
        if (Shape.Count == 2 && other.Shape.Count == 2)
        {
            return Product(a, b, bias, transposeA, transposeB);
        }

        var (stackA, stackB) = (Stack(a), Stack(b));
        var stack = stackA == stackB ? stackA : Shape.Broadcast(stackA, stackB, $"MatMul of {Shape} and {other.Shape}, in front of the matrices");
        var c = Product(a.Stacked(stackA, stack), b.Stacked(stackB, stack), bias, transposeA, transposeB);
        int[] rows = IsVector(this) ? [] : [c.Shape[^2]];
        int[] columns = IsVector(other) ? [] : [c.Shape[^1]];
        return c.Shaped([.. stack, .. rows, .. columns]);
    }

    // [M, K]·[K, N], or [count, M, K]·[count, K, N], where either operand may be one matrix for all products.
    private static Tensor Product(Tensor a, Tensor b, Tensor? bias, bool transposeA, bool transposeB)
    {
        var (m, k, n) = (a.Shape[transposeA ? ^1 : ^2], a.Shape[transposeA ? ^2 : ^1], b.Shape[transposeB ? ^2 : ^1]);
        var isStack = a.Shape.Count == 3 || b.Shape.Count == 3;
        var count = !isStack ? 1 : a.Shape.Count == 3 ? a.Shape[0] : b.Shape[0];
        var c = Empty(isStack ? [count, m, n] : [m, n], a.Device);
        a.Backend.MatrixProduct(
            new MatrixView(a.Buffer, transposeA, a.Shape.Count == 2), new MatrixView(b.Buffer, transposeB, b.Shape.Count == 2), c.Buffer, count, m, k, n,
            bias?.Buffer);
        return Record(bias is null ? "MatMul" : "Affine", c, bias is null ? [a, b] : [a, b, bias], (transposeA, transposeB), dc =>
        [
            !a.RequiresGradient ? null : transposeA ? b.MatMul(dc, transposeB, true) : dc.MatMul(b, false, !transposeB),
            !b.RequiresGradient ? null : transposeB ? dc.MatMul(a, true, transposeA) : a.MatMul(dc, !transposeA),
            .. bias is { } added ? [added.RequiresGradient ? dc.SumTo(added.Shape) : null] : (Tensor?[])[],
        ]);
    }

    private static void CheckFactors(Tensor a, Tensor b, bool transposeA, bool transposeB)
    {
        if ((transposeA && IsVector(a)) || (transposeB && IsVector(b)))
        {
            throw new ShapeException(
                $"MatMul: a vector has no transpose, got {Given()}; it is a row on the left and a column on the right without one.");
        }

        if (a.Shape.Count == 0 || b.Shape.Count == 0 || a.Shape[transposeA ? ^2 : ^1] != b.Shape[transposeB || IsVector(b) ? ^1 : ^2])
        {
            throw new ShapeException($"MatMul: expected [M, K] and [K, N], stacks of them, or vectors [K], got {Given()}.");
        }

        string Given() => $"{a.Shape}{(transposeA ? "ᵀ" : "")} and {b.Shape}{(transposeB ? "ᵀ" : "")}";
    }

    private static void CheckBias(Tensor bias, int columns)
    {
        if (bias.Shape is not [var length] || length != columns)
        {
            throw new ShapeException($"MatMul: expected a bias [{columns}], as many as columns of the product, got {bias.Shape}.");
        }
    }

    private static bool IsVector(Tensor x) => x.Shape.Count == 1;

    // The axes before those of the matrices.
    private static Shape Stack(Tensor x) => x.Shape.Count == 2 ? [] : [.. x.Shape.SkipLast(2)];

    // [count, R, C] with a matrix for each product, or one matrix [R, C] for all.
    private Tensor Stacked(Shape own, Shape all)
    {
        Shape matrix = [Shape[^2], Shape[^1]];
        return own.Elements == 1
            ? Shaped(matrix)
            : (own == all ? this : Expand([.. all, .. matrix])).Shaped([all.Elements, .. matrix]);
    }

    private Tensor Shaped(Shape shape) => shape == Shape ? this : Reshape(shape);
}
