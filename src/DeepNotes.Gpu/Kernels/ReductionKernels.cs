using DeepNotes.Functions;
using ILGPU;

namespace DeepNotes.Backends.Gpu;

/// <summary>
/// Folds [outer, count, inner] along its middle. A long fold is divided into pieces, one group of threads each, whose results
/// are folded once more: always in the same order, so that the bits do not depend on timing.
/// </summary>
internal static class ReductionKernels
{
    /// <summary>The maximum number of threads in a group that shares memory.</summary>
    public const int Threads = 256;

    // A running sum in float loses digits with its length: values are first summed in blocks of this size, then the blocks.
    private const int Block = 64;

    /// <summary>Short rows: one thread folds x[row, :].</summary>
    public static void Rows<TOp>(TOp f, ArrayView<float> x, ArrayView<float> y, int count)
        where TOp : struct, IReduceOp
    {
        for (var row = Grid.GlobalIndex.X; row < y.IntLength; row += ElementwiseKernels.Stride)
        {
            y[row] = Fold(f, x, row * count, (row + 1) * count, 1);
        }
    }

    /// <summary>Long rows: a group of threads folds a piece of a row, y[row, piece].</summary>
    public static void RowPieces<TOp>(TOp f, ArrayView<float> x, ArrayView<float> y, int count, int pieces, int length)
        where TOp : struct, IReduceOp
    {
        var shared = SharedMemory.Allocate<float>(Threads);
        var (row, piece) = (Grid.IdxX / pieces, Grid.IdxX % pieces);
        var first = row * count + piece * length;
        var end = row * count + IntrinsicMath.Min(count, (piece + 1) * length);
        var folded = InGroup(f, shared, Fold(f, x, first + Group.IdxX, end, Group.DimX));
        if (Group.IdxX == 0)
        {
            y[Grid.IdxX] = folded;
        }
    }

    /// <summary>
    /// Columns: consecutive threads read consecutive elements along the inner axis. If that is short, several rows of
    /// threads ("lanes") work in parallel and are combined in shared memory. y[outer, piece, inner].
    /// </summary>
    public static void Columns<TOp>(TOp f, ArrayView<float> x, ArrayView<float> y, int count, int inner, int pieces, int length)
        where TOp : struct, IReduceOp
    {
        var shared = SharedMemory.Allocate<float>(Threads);
        var width = IntrinsicMath.Min(inner, Group.DimX);
        var tiles = (inner + width - 1) / width;
        var lanes = Group.DimX / width;
        var tile = Grid.IdxX % tiles;
        var piece = Grid.IdxX / tiles % pieces;
        var outer = Grid.IdxX / tiles / pieces;
        var lane = Group.IdxX / width;
        var column = tile * width + Group.IdxX % width;
        var isInside = lane < lanes && column < inner;
        var end = IntrinsicMath.Min(count, (piece + 1) * length);
        var start = outer * count * inner + column;
        shared[Group.IdxX] = isInside
            ? Fold(f, x, start + (piece * length + lane) * inner, start + end * inner, lanes * inner)
            : f.Identity;
        Group.Barrier();
        if (lane == 0 && isInside)
        {
            var folded = shared[Group.IdxX];
            for (var other = 1; other < lanes; other++)
            {
                folded = f.F(folded, shared[other * width + Group.IdxX]);
            }

            y[(outer * pieces + piece) * inner + column] = folded;
        }
    }

    /// <summary>f over the threads of a group, known to all of them: halves on halves in shared memory.</summary>
    public static float InGroup<TOp>(TOp f, ArrayView<float> shared, float value)
        where TOp : struct, IReduceOp
    {
        Group.Barrier();
        shared[Group.IdxX] = value;
        Group.Barrier();
        for (var half = Group.DimX / 2; half > 0; half /= 2)
        {
            if (Group.IdxX < half)
            {
                shared[Group.IdxX] = f.F(shared[Group.IdxX], shared[Group.IdxX + half]);
            }

            Group.Barrier();
        }

        return shared[0];
    }

    // f over x[first], x[first + step], … below end.
    private static float Fold<TOp>(TOp f, ArrayView<float> x, int first, int end, int step)
        where TOp : struct, IReduceOp
    {
        var folded = f.Identity;
        var i = first;
        while (i < end)
        {
            var block = f.Identity;
            for (var n = 0; n < Block && i < end; n++)
            {
                block = f.F(block, x[i]);
                i += step;
            }

            folded = f.F(folded, block);
        }

        return folded;
    }
}
