using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DeepNotes.Backends.Cpu;

/// <summary>
/// C = op(A)·op(B): both operands are packed into panels that the inner loop reads straight on, whatever way they were
/// stored, and padded with zeros, so that the loop knows no edges (Goto and van de Geijn 2008, "Anatomy of
/// high-performance matrix multiplication").
/// </summary>
internal sealed partial class CpuBackend
{
    private const int PanelRows = 4;
    private const int PanelColumns = 2 * Lanes.Width;

    public void MatrixProduct(Factor a, Factor b, DeviceBuffer c, int count, int m, int k, int n)
    {
        for (var i = 0; i < count; i++)
        {
            var aMatrix = CpuBuffer.Of(a.Buffer).AsMemory((a.IsRepeated ? 0 : i) * m * k, m * k);
            var bMatrix = CpuBuffer.Of(b.Buffer).AsMemory((b.IsRepeated ? 0 : i) * k * n, k * n);
            MatrixProduct(aMatrix, a.IsTransposed, bMatrix, b.IsTransposed, CpuBuffer.Of(c).AsMemory(i * m * n, m * n), m, k, n);
        }
    }

    private static void MatrixProduct(
        ReadOnlyMemory<float> a, bool transposeA, ReadOnlyMemory<float> b, bool transposeB, Memory<float> c, int m, int k, int n)
    {
        var (rowPanels, columnPanels) = (Work.Pieces(m, PanelRows), Work.Pieces(n, PanelColumns));
        var bPacked = ArrayPool<float>.Shared.Rent(Math.Max(1, columnPanels * k * PanelColumns));
        Work.ByCost(columnPanels, (long)k * PanelColumns, (start, end) =>
        {
            for (var panel = start; panel < end; panel++)
            {
                var packed = bPacked.AsSpan(panel * k * PanelColumns, k * PanelColumns);
                Pack(b.Span, transposeB ? (1, k) : (n, 1), panel * PanelColumns, n, k, PanelColumns, packed);
            }
        });
        Work.ByCost(rowPanels, (long)k * PanelRows * n, (start, end) =>
        {
            var aPacked = ArrayPool<float>.Shared.Rent(Math.Max(1, k * PanelRows));
            for (var panel = start; panel < end; panel++)
            {
                Pack(a.Span, transposeA ? (m, 1) : (1, k), panel * PanelRows, m, k, PanelRows, aPacked);
                for (var column = 0; column < columnPanels; column++)
                {
                    MultiplyPanels(aPacked, bPacked.AsSpan(column * k * PanelColumns, k * PanelColumns), k, c.Span, panel * PanelRows, m, column * PanelColumns, n);
                }
            }

            ArrayPool<float>.Shared.Return(aPacked);
        });
        ArrayPool<float>.Shared.Return(bPacked);
    }

    // packed[p, lane] = matrix at step p along K and at line first + lane of the other axis, 0 beyond its end.
    private static void Pack(ReadOnlySpan<float> matrix, (int AlongK, int Across) stride, int first, int lines, int k, int width, Span<float> packed)
    {
        var present = Math.Min(width, lines - first);
        if (present < width)
        {
            packed[..(k * width)].Clear();
        }

        for (var p = 0; p < k; p++)
        {
            var from = p * stride.AlongK + first * stride.Across;
            if (stride.Across == 1)
            {
                matrix.Slice(from, present).CopyTo(packed[(p * width)..]);
                continue;
            }

            for (var lane = 0; lane < present; lane++)
            {
                packed[p * width + lane] = matrix[from + lane * stride.Across];
            }
        }
    }

    // Four rows of C by two vectors of columns stay in registers over the whole of K.
    private static void MultiplyPanels(ReadOnlySpan<float> a, ReadOnlySpan<float> b, int k, Span<float> c, int row, int m, int column, int n)
    {
        ref var aRef = ref MemoryMarshal.GetReference(a);
        ref var bRef = ref MemoryMarshal.GetReference(b);
        Vector512<float> c00 = default, c01 = default, c10 = default, c11 = default;
        Vector512<float> c20 = default, c21 = default, c30 = default, c31 = default;
        for (var p = 0; p < k; p++)
        {
            var b0 = Vector512.LoadUnsafe(ref bRef, (nuint)(p * PanelColumns));
            var b1 = Vector512.LoadUnsafe(ref bRef, (nuint)(p * PanelColumns + Lanes.Width));
            ref var step = ref Unsafe.Add(ref aRef, p * PanelRows);
            var a0 = Vector512.Create(step);
            c00 = Vector512.FusedMultiplyAdd(a0, b0, c00);
            c01 = Vector512.FusedMultiplyAdd(a0, b1, c01);
            var a1 = Vector512.Create(Unsafe.Add(ref step, 1));
            c10 = Vector512.FusedMultiplyAdd(a1, b0, c10);
            c11 = Vector512.FusedMultiplyAdd(a1, b1, c11);
            var a2 = Vector512.Create(Unsafe.Add(ref step, 2));
            c20 = Vector512.FusedMultiplyAdd(a2, b0, c20);
            c21 = Vector512.FusedMultiplyAdd(a2, b1, c21);
            var a3 = Vector512.Create(Unsafe.Add(ref step, 3));
            c30 = Vector512.FusedMultiplyAdd(a3, b0, c30);
            c31 = Vector512.FusedMultiplyAdd(a3, b1, c31);
        }

        StoreRow(c00, c01, c, row, m, column, n);
        StoreRow(c10, c11, c, row + 1, m, column, n);
        StoreRow(c20, c21, c, row + 2, m, column, n);
        StoreRow(c30, c31, c, row + 3, m, column, n);
    }

    private static void StoreRow(Vector512<float> left, Vector512<float> right, Span<float> c, int row, int m, int column, int n)
    {
        if (row >= m)
        {
            return;
        }

        var line = c.Slice(row * n + column, Math.Min(PanelColumns, n - column));
        Lanes.Store(left, line, 0);
        if (line.Length > Lanes.Width)
        {
            Lanes.Store(right, line, Lanes.Width);
        }
    }
}
