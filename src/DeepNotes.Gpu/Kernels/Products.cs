using System.Runtime.CompilerServices;
using ILGPU;

namespace DeepNotes.Backends.Gpu;

/// <summary>M, N and K of C = A·Bᵀ, how many products there are, and into how many parts each sum is cut.</summary>
internal readonly record struct Extents(int M, int N, int K, int Products, int Splits)
{
    /// <summary>Terms of a part of a sum, a multiple of what a tile takes.</summary>
    public int Length => ((K + Splits - 1) / Splits + 15) / 16 * 16;

    /// <summary>Tiles of a side that cover all results, for all parts.</summary>
    public int Tiles(int side) => (M + side - 1) / side * ((N + side - 1) / side) * Products * Splits;
}

/// <summary>The side of a tile: a constant of the compiled kernel.</summary>
internal interface ISide
{
    int Value { get; }
}

internal readonly struct Side16 : ISide
{
    public int Value => 16;
}

internal readonly struct Side4 : ISide
{
    public int Value => 4;
}

/// <summary>
/// The plain product, for small shapes: a group of S × S threads makes S × S results, one each. Tile by tile along the sum, all of them
/// load a tile of each operand into shared memory, where each value is used S times.
/// <code>
///            k ─────▶            j ─────▶
///        ┌──┬──┬──┐          ┌──┐
///      i │▓▓│  │  │   k ▓▓   │  │      i ┌──┐
///        └──┴──┴──┘     ──   │  │        │▓▓│ C
///            A          ──   └──┘ B      └──┘
/// </code>
/// </summary>
internal static class TiledProduct
{
    public static void Run<TA, TB, TC, TSide>(TA a, TB b, TC c, Extents extents)
        where TA : struct, IOperand
        where TB : struct, IOperand
        where TC : struct, IResult
        where TSide : struct, ISide
    {
        var side = default(TSide).Value;

        // A column more than a tile has: threads that walk down a column meet other banks of the memory.
        var pitch = side + 1;
        var sharedA = SharedMemory.Allocate<float>(default(TSide).Value * (default(TSide).Value + 1));
        var sharedB = SharedMemory.Allocate<float>(default(TSide).Value * (default(TSide).Value + 1));
        var tx = Group.IdxX % side;
        var ty = Group.IdxX / side;
        var columns = (extents.N + side - 1) / side;
        var rows = (extents.M + side - 1) / side;
        var column0 = Grid.IdxX % columns * side;
        var row0 = Grid.IdxX / columns % rows * side;
        var part = Grid.IdxX / columns / rows;
        var product = part % extents.Products;
        var first = part / extents.Products * extents.Length;
        var end = IntrinsicMath.Min(extents.K, first + extents.Length);
        var sum = 0f;
        for (var k0 = first; k0 < end; k0 += side)
        {
            var (iA, kA) = a.RunsAlongSum ? (ty, tx) : (tx, ty);
            sharedA[iA * pitch + kA] = k0 + kA < end ? a.At(product, row0 + iA, k0 + kA) : 0f;
            var (iB, kB) = b.RunsAlongSum ? (ty, tx) : (tx, ty);
            sharedB[iB * pitch + kB] = k0 + kB < end ? b.At(product, column0 + iB, k0 + kB) : 0f;
            Group.Barrier();
            for (var k = 0; k < side; k++)
            {
                sum += sharedA[ty * pitch + k] * sharedB[tx * pitch + k];
            }

            Group.Barrier();
        }

        if (row0 + ty < extents.M && column0 + tx < extents.N)
        {
            c.Store(part, row0 + ty, column0 + tx, sum);
        }
    }
}

/// <summary>
/// The fast product: 256 threads make 128 × 128 results, each 8 × 8 of them in registers, as twice 4 rows by twice 4 columns that lie 64
/// apart. For 8 terms a thread reads 16 four-vectors from shared memory and does 512 multiply-adds; the next tile is on its way
/// from memory meanwhile, into the other half of the shared memory.
/// <code>
///   shared A: 8 deep × 128       results of thread (tx, ty)
///   ┌────────┬────────┐          4·tx          64 + 4·tx
///   │  ····  │  ····  │   4·ty   ▓▓▓▓           ▓▓▓▓
///   └────────┴────────┘  64+4·ty ▓▓▓▓           ▓▓▓▓
/// </code>
/// </summary>
internal static class BlockedProduct
{
    /// <summary>Rows and columns that a group makes.</summary>
    public const int Side = 128;

    /// <summary>Threads of a group.</summary>
    public const int Threads = 256;

    private const int Depth = 8;
    private const int TileSize = Side * Depth;
    private const int Quarter = Side / 4;

    public static void Run<TA, TB, TC>(TA a, TB b, TC c, Extents extents)
        where TA : struct, ITile
        where TB : struct, ITile
        where TC : struct, IResult
    {
        var fourA = SharedMemory.Allocate<Vec4>(2 * TileSize / 4);
        var fourB = SharedMemory.Allocate<Vec4>(2 * TileSize / 4);
        var sharedA = fourA.Cast<float>();
        var sharedB = fourB.Cast<float>();
        var columns = (extents.N + Side - 1) / Side;
        var rows = (extents.M + Side - 1) / Side;
        var column0 = Grid.IdxX % columns * Side;
        var row0 = Grid.IdxX / columns % rows * Side;
        var part = Grid.IdxX / columns / rows;
        var product = part % extents.Products;
        var first = part / extents.Products * extents.Length;
        var end = IntrinsicMath.Min(extents.K, first + extents.Length);
        var tx = Group.IdxX & 15;
        var ty = Group.IdxX >> 4;
        Block block = default;
        a.Put(sharedA, 0, a.Load(product, row0, first, end));
        b.Put(sharedB, 0, b.Load(product, column0, first, end));
        Group.Barrier();
        var at = 0;
        for (var k0 = first + Depth; k0 < end + Depth; k0 += Depth)
        {
            var isMore = k0 < end;
            Vec4 nextA = default;
            Vec4 nextB = default;
            if (isMore)
            {
                nextA = a.Load(product, row0, k0, end);
                nextB = b.Load(product, column0, k0, end);
            }

            // Unrolled by hand, for the translator does not.
            var placeA = (at >> 2) + ty;
            var placeB = (at >> 2) + tx;
            Multiply(ref block, fourA, placeA, fourB, placeB);
            Multiply(ref block, fourA, placeA + Quarter, fourB, placeB + Quarter);
            Multiply(ref block, fourA, placeA + 2 * Quarter, fourB, placeB + 2 * Quarter);
            Multiply(ref block, fourA, placeA + 3 * Quarter, fourB, placeB + 3 * Quarter);
            Multiply(ref block, fourA, placeA + 4 * Quarter, fourB, placeB + 4 * Quarter);
            Multiply(ref block, fourA, placeA + 5 * Quarter, fourB, placeB + 5 * Quarter);
            Multiply(ref block, fourA, placeA + 6 * Quarter, fourB, placeB + 6 * Quarter);
            Multiply(ref block, fourA, placeA + 7 * Quarter, fourB, placeB + 7 * Quarter);
            if (isMore)
            {
                at = TileSize - at;
                a.Put(sharedA, at, nextA);
                b.Put(sharedB, at, nextB);
                Group.Barrier();
            }
        }

        var row = row0 + ty * 4;
        var left = column0 + tx * 4;
        StoreRow(c, part, extents, row, left, block.L0, block.R0);
        StoreRow(c, part, extents, row + 1, left, block.L1, block.R1);
        StoreRow(c, part, extents, row + 2, left, block.L2, block.R2);
        StoreRow(c, part, extents, row + 3, left, block.L3, block.R3);
        StoreRow(c, part, extents, row + 64, left, block.L4, block.R4);
        StoreRow(c, part, extents, row + 65, left, block.L5, block.R5);
        StoreRow(c, part, extents, row + 66, left, block.L6, block.R6);
        StoreRow(c, part, extents, row + 67, left, block.L7, block.R7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply(ref Block block, ArrayView<Vec4> a, int placeA, ArrayView<Vec4> b, int placeB)
    {
        var upper = a[placeA];
        var lower = a[placeA + 16];
        var left = b[placeB];
        var right = b[placeB + 16];
        block.L0 = block.L0.Plus(upper.X, left);
        block.R0 = block.R0.Plus(upper.X, right);
        block.L1 = block.L1.Plus(upper.Y, left);
        block.R1 = block.R1.Plus(upper.Y, right);
        block.L2 = block.L2.Plus(upper.Z, left);
        block.R2 = block.R2.Plus(upper.Z, right);
        block.L3 = block.L3.Plus(upper.W, left);
        block.R3 = block.R3.Plus(upper.W, right);
        block.L4 = block.L4.Plus(lower.X, left);
        block.R4 = block.R4.Plus(lower.X, right);
        block.L5 = block.L5.Plus(lower.Y, left);
        block.R5 = block.R5.Plus(lower.Y, right);
        block.L6 = block.L6.Plus(lower.Z, left);
        block.R6 = block.R6.Plus(lower.Z, right);
        block.L7 = block.L7.Plus(lower.W, left);
        block.R7 = block.R7.Plus(lower.W, right);
    }

    private static void StoreRow<TC>(TC c, int part, Extents extents, int row, int left, Vec4 near, Vec4 far)
        where TC : struct, IResult
    {
        if (row < extents.M)
        {
            StoreFour(c, part, extents, row, left, near);
            StoreFour(c, part, extents, row, left + 64, far);
        }
    }

    private static void StoreFour<TC>(TC c, int part, Extents extents, int row, int column, Vec4 value)
        where TC : struct, IResult
    {
        if (column < extents.N)
        {
            c.Store(part, row, column, value.X);
        }

        if (column + 1 < extents.N)
        {
            c.Store(part, row, column + 1, value.Y);
        }

        if (column + 2 < extents.N)
        {
            c.Store(part, row, column + 2, value.Z);
        }

        if (column + 3 < extents.N)
        {
            c.Store(part, row, column + 3, value.W);
        }
    }

    // Rows 0 to 3 and 64 to 67 of a thread, left and right.
    private struct Block
    {
        public Vec4 L0, L1, L2, L3, L4, L5, L6, L7, R0, R1, R2, R3, R4, R5, R6, R7;
    }
}
