namespace DeepNotes;

public sealed partial class Tensor
{
    /// <summary>
    /// C = op(A)·op(B) with op(A) [M, K] and op(B) [K, N]; a transposed operand is read the other way, never copied
    /// by the caller. dA = dC·op(B)ᵀ, dB = op(A)ᵀ·dC (transposed back where the operand is).
    /// </summary>
    /// <exception cref="ShapeException">An operand is no matrix, or the inner lengths differ.</exception>
    public Tensor MatMul(Tensor other, bool transposeA = false, bool transposeB = false)
    {
        var (a, b) = (this, other);
        a.CheckDevice("MatMul", b);
        var fits = a.Shape.Count == 2 && b.Shape.Count == 2 && a.Shape[transposeA ? 0 : 1] == b.Shape[transposeB ? 1 : 0];
        if (!fits)
        {
            throw new ShapeException(
                $"MatMul: expected [M, K] and [K, N], got {a.Shape}{(transposeA ? "ᵀ" : "")} and {b.Shape}{(transposeB ? "ᵀ" : "")}.");
        }

        var (m, k, n) = (a.Shape[transposeA ? 1 : 0], a.Shape[transposeA ? 0 : 1], b.Shape[transposeB ? 0 : 1]);
        var c = Empty([m, n], a.Device);
        a.Backend.MatrixProduct(a.Buffer, transposeA, b.Buffer, transposeB, c.Buffer, m, k, n);
        return Record("MatMul", c, [a, b], dc =>
        [
            !a.RequiresGradient ? null : transposeA ? b.MatMul(dc, transposeB, true) : dc.MatMul(b, false, !transposeB),
            !b.RequiresGradient ? null : transposeB ? dc.MatMul(a, true, transposeA) : a.MatMul(dc, !transposeA),
        ]);
    }
}
