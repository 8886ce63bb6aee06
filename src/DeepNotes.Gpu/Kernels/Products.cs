using System.Runtime.CompilerServices;
using ILGPU;

namespace DeepNotes.Backends.Gpu;

/// <summary>M, N and K of C = A·Bᵀ, the number of products, and the number of parts of each sum.</summary>
internal readonly record struct Extents(int M, int N, int K, int Products, int Splits)
{
    /// <summary>Terms of a part of a sum, a multiple of what a tile takes.</summary>
    public int Length => ((K + Splits - 1) / Splits + 15) / 16 * 16;

    /// <summary>The number of tiles of this side that cover all results, for all parts.</summary>
    public int Tiles(int side) => (M + side - 1) / side * ((N + side - 1) / side) * Products * Splits;
}

/// <summary>The tile and the product that a group of threads computes, and the part of its sums.</summary>
internal readonly struct TilePosition
{
    public TilePosition(Extents extents, int side)
    {
        var columns = (extents.N + side - 1) / side;
        var rows = (extents.M + side - 1) / side;
        Column = Grid.IdxX % columns * side;
        Row = Grid.IdxX / columns % rows * side;
        Part = Grid.IdxX / columns / rows;
        Product = Part % extents.Products;
        First = Part / extents.Products * extents.Length;
        End = IntrinsicMath.Min(extents.K, First + extents.Length);
    }

    /// <summary>The first row of C.</summary>
    public int Row { get; }

    /// <summary>The first column of C.</summary>
    public int Column { get; }

    /// <summary>The number of the part of the product, counting all products of a part before those of the next.</summary>
    public int Part { get; }

    /// <summary>The number of the product.</summary>
    public int Product { get; }

    /// <summary>The part's first term.</summary>
    public int First { get; }

    /// <summary>The end of its terms, exclusive.</summary>
    public int End { get; }
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
/// The plain product, for small shapes: a group of S × S threads computes S × S results, one each. Tile by tile along the sum, all of them
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

        // One column more than a tile: threads that read down a column access different banks of the memory.
        var pitch = side + 1;
        var sharedA = SharedMemory.Allocate<float>(default(TSide).Value * (default(TSide).Value + 1));
        var sharedB = SharedMemory.Allocate<float>(default(TSide).Value * (default(TSide).Value + 1));
        var tx = Group.IdxX % side;
        var ty = Group.IdxX / side;
        var position = new TilePosition(extents, side);
        var sum = 0f;
        for (var k0 = position.First; k0 < position.End; k0 += side)
        {
            var (iA, kA) = a.RunsAlongSum ? (ty, tx) : (tx, ty);
            sharedA[iA * pitch + kA] = k0 + kA < position.End ? a.At(position.Product, position.Row + iA, k0 + kA) : 0f;
            var (iB, kB) = b.RunsAlongSum ? (ty, tx) : (tx, ty);
            sharedB[iB * pitch + kB] = k0 + kB < position.End ? b.At(position.Product, position.Column + iB, k0 + kB) : 0f;
            Group.Barrier();
            for (var k = 0; k < side; k++)
            {
                sum += sharedA[ty * pitch + k] * sharedB[tx * pitch + k];
            }

            Group.Barrier();
        }

        if (position.Row + ty < extents.M && position.Column + tx < extents.N)
        {
            c.Store(position.Part, position.Row + ty, position.Column + tx, sum);
        }
    }
}

/// <summary>
/// The fast product: 256 threads compute 128 × 128 results, each 8 × 8 of them in registers, as twice 4 rows by twice 4 columns that lie 64
/// apart. For 8 terms a thread reads 32 four-vectors from shared memory and does 512 multiply-adds; the next tile is loaded
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
    /// <summary>Rows and columns of the results of a group.</summary>
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
        var position = new TilePosition(extents, Side);
        var tx = Group.IdxX & 15;
        var ty = Group.IdxX >> 4;
        Block block = default;
        a.Store(sharedA, 0, Side, a.Load(position.Product, position.Row, position.First, position.End));
        b.Store(sharedB, 0, Side, b.Load(position.Product, position.Column, position.First, position.End));
        Group.Barrier();
        var at = 0;
        for (var k0 = position.First + Depth; k0 < position.End + Depth; k0 += Depth)
        {
            var isMore = k0 < position.End;
            Vec4 nextA = default;
            Vec4 nextB = default;
            if (isMore)
            {
                nextA = a.Load(position.Product, position.Row, k0, position.End);
                nextB = b.Load(position.Product, position.Column, k0, position.End);
            }

            // Unrolled by hand, as the translator does not unroll.
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
                a.Store(sharedA, at, Side, nextA);
                b.Store(sharedB, at, Side, nextB);
                Group.Barrier();
            }
        }

        var row = position.Row + ty * 4;
        var left = position.Column + tx * 4;
        StoreRow(c, position.Part, extents, row, left, block.L0, block.R0);
        StoreRow(c, position.Part, extents, row + 1, left, block.L1, block.R1);
        StoreRow(c, position.Part, extents, row + 2, left, block.L2, block.R2);
        StoreRow(c, position.Part, extents, row + 3, left, block.L3, block.R3);
        StoreRow(c, position.Part, extents, row + 64, left, block.L4, block.R4);
        StoreRow(c, position.Part, extents, row + 65, left, block.L5, block.R5);
        StoreRow(c, position.Part, extents, row + 66, left, block.L6, block.R6);
        StoreRow(c, position.Part, extents, row + 67, left, block.L7, block.R7);
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
