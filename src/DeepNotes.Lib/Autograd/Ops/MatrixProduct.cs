using DeepNotes.Backends;

namespace DeepNotes;

public sealed partial class Tensor
{
    /// <summary>
    /// C = op(A)·op(B) with op(A) [M, K] and op(B) [K, N]; a transposed operand is read the other way, never copied
    /// by the caller. Operands [B, M, K] and [B, K, N] are B products at once; one matrix may serve all of them.
    /// dA = dC·op(B)ᵀ, dB = op(A)ᵀ·dC (transposed back where the operand is).
    /// </summary>
    /// <exception cref="ShapeException">An operand is no matrix, or the inner lengths or the numbers of matrices differ.</exception>
    public Tensor MatMul(Tensor other, bool transposeA = false, bool transposeB = false) => MatMul(other, null, transposeA, transposeB);

    /// <summary>
    /// C = op(A)·op(B) + bias, as <see cref="MatMul(Tensor, bool, bool)"/>, with bias [N] added to each row while it is in
    /// the near cache. dbias = Σ dC over all rows.
    /// </summary>
    /// <exception cref="ShapeException">As without a bias, or the bias is not [N].</exception>
    public Tensor MatMul(Tensor other, Tensor? bias, bool transposeA = false, bool transposeB = false)
    {
        var (a, b) = (this, other);
        a.CheckDevice("MatMul", b);
        if (!IsMatrices(a) || !IsMatrices(b) || a.Shape[transposeA ? ^2 : ^1] != b.Shape[transposeB ? ^1 : ^2]
            || (a.Shape.Count == 3 && b.Shape.Count == 3 && a.Shape[0] != b.Shape[0]))
        {
            throw new ShapeException(
                $"MatMul: expected [M, K] and [K, N], or B of each, got {a.Shape}{(transposeA ? "ᵀ" : "")} and {b.Shape}{(transposeB ? "ᵀ" : "")}.");
        }

        var (m, k, n) = (a.Shape[transposeA ? ^1 : ^2], a.Shape[transposeA ? ^2 : ^1], b.Shape[transposeB ? ^2 : ^1]);
        if (bias is not null)
        {
            a.CheckDevice("MatMul", bias);
            if (bias.Shape is not [var columns] || columns != n)
            {
                throw new ShapeException($"MatMul: expected a bias [{n}], as many as columns of the product, got {bias.Shape}.");
            }
        }

        var isBatch = a.Shape.Count == 3 || b.Shape.Count == 3;
        var count = !isBatch ? 1 : a.Shape.Count == 3 ? a.Shape[0] : b.Shape[0];
        var c = Empty(isBatch ? [count, m, n] : [m, n], a.Device);
        a.Backend.MatrixProduct(
            new Factor(a.Buffer, transposeA, a.Shape.Count == 2), new Factor(b.Buffer, transposeB, b.Shape.Count == 2), c.Buffer, count, m, k, n,
            bias?.Buffer);
        return Record(bias is null ? "MatMul" : "Affine", c, bias is null ? [a, b] : [a, b, bias], dc =>
        [
            !a.RequiresGradient ? null : transposeA ? b.MatMul(dc, transposeB, true) : dc.MatMul(b, false, !transposeB),
            !b.RequiresGradient ? null : transposeB ? dc.MatMul(a, true, transposeA) : a.MatMul(dc, !transposeA),
            .. bias is { } added ? [added.RequiresGradient ? dc.SumTo(added.Shape) : null] : (Tensor?[])[],
        ]);
    }

    private static bool IsMatrices(Tensor x) => x.Shape.Count is 2 or 3;
}
