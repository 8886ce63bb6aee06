using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime.Cuda;

namespace DeepNotes.Backends.Gpu;

/// <summary>
/// The matrix instruction of tensor cores: the 32 threads of a warp together compute C += A·B with A [16, 8], B [8, 8] and C [16, 8].
/// Each of them holds four values of A and of C and two of B. With g = lane / 4 and t = lane % 4 (PTX ISA, m16n8k8 for .tf32):
/// <code>
///   A   X: [g, t]    Y: [g + 8, t]     Z: [g, t + 4]   W: [g + 8, t + 4]
///   B   upper: [t, g]                  lower: [t + 4, g]
///   C   X: [g, 2t]   Y: [g, 2t + 1]    Z: [g + 8, 2t]  W: [g + 8, 2t + 1]
/// </code>
/// Here a warp computes 4 × 4 blocks of C, from a column of four A and a row of four B. Factors are tf32, products and sums float32.
/// </summary>
internal interface ITensorCores
{
    /// <summary>Sets all blocks of C to 0; called first, once in a kernel.</summary>
    void Begin();

    /// <summary>This thread's values of the four B, the upper ones and the lower ones.</summary>
    void SetColumns(Vec4 upper, Vec4 lower);

    /// <summary>C += A·B for the four blocks of a row 0 to 3, with this thread's values of its A; all threads of a group call it together.</summary>
    void MultiplyRow(int row, Vec4 a);

    /// <summary>This thread's values of the blocks of C, row by row: the first of them, then the next.</summary>
    Vec4 TakeBlock();
}

/// <summary>
/// NVIDIA's, from compute capability 8.0 on. C and B are in registers of its own, c and b: a result that PTX gives back to C# goes through
/// local memory, which only the last step can afford.
/// </summary>
internal struct CudaTensorCores : ITensorCores
{
    private const string MMA = "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 ";
    private const string A = ", {%0, %1, %2, %3}, ";

    public readonly void Begin()
    {
        CudaAsm.Emit(".reg .f32 c<64>;");
        CudaAsm.Emit(".reg .b32 b<8>;");
        CudaAsm.Emit("mov.f32 c0, 0f00000000; mov.f32 c1, 0f00000000; mov.f32 c2, 0f00000000; mov.f32 c3, 0f00000000; mov.f32 c4, 0f00000000; mov.f32 c5, 0f00000000; mov.f32 c6, 0f00000000; mov.f32 c7, 0f00000000; mov.f32 c8, 0f00000000; mov.f32 c9, 0f00000000; mov.f32 c10, 0f00000000; mov.f32 c11, 0f00000000; mov.f32 c12, 0f00000000; mov.f32 c13, 0f00000000; mov.f32 c14, 0f00000000; mov.f32 c15, 0f00000000;");
        CudaAsm.Emit("mov.f32 c16, 0f00000000; mov.f32 c17, 0f00000000; mov.f32 c18, 0f00000000; mov.f32 c19, 0f00000000; mov.f32 c20, 0f00000000; mov.f32 c21, 0f00000000; mov.f32 c22, 0f00000000; mov.f32 c23, 0f00000000; mov.f32 c24, 0f00000000; mov.f32 c25, 0f00000000; mov.f32 c26, 0f00000000; mov.f32 c27, 0f00000000; mov.f32 c28, 0f00000000; mov.f32 c29, 0f00000000; mov.f32 c30, 0f00000000; mov.f32 c31, 0f00000000;");
        CudaAsm.Emit("mov.f32 c32, 0f00000000; mov.f32 c33, 0f00000000; mov.f32 c34, 0f00000000; mov.f32 c35, 0f00000000; mov.f32 c36, 0f00000000; mov.f32 c37, 0f00000000; mov.f32 c38, 0f00000000; mov.f32 c39, 0f00000000; mov.f32 c40, 0f00000000; mov.f32 c41, 0f00000000; mov.f32 c42, 0f00000000; mov.f32 c43, 0f00000000; mov.f32 c44, 0f00000000; mov.f32 c45, 0f00000000; mov.f32 c46, 0f00000000; mov.f32 c47, 0f00000000;");
        CudaAsm.Emit("mov.f32 c48, 0f00000000; mov.f32 c49, 0f00000000; mov.f32 c50, 0f00000000; mov.f32 c51, 0f00000000; mov.f32 c52, 0f00000000; mov.f32 c53, 0f00000000; mov.f32 c54, 0f00000000; mov.f32 c55, 0f00000000; mov.f32 c56, 0f00000000; mov.f32 c57, 0f00000000; mov.f32 c58, 0f00000000; mov.f32 c59, 0f00000000; mov.f32 c60, 0f00000000; mov.f32 c61, 0f00000000; mov.f32 c62, 0f00000000; mov.f32 c63, 0f00000000;");
    }

    public readonly void SetColumns(Vec4 upper, Vec4 lower)
    {
        CudaAsm.Emit("mov.b32 b0, %0; mov.b32 b2, %1; mov.b32 b4, %2; mov.b32 b6, %3;", Bits(upper.X), Bits(upper.Y), Bits(upper.Z), Bits(upper.W));
        CudaAsm.Emit("mov.b32 b1, %0; mov.b32 b3, %1; mov.b32 b5, %2; mov.b32 b7, %3;", Bits(lower.X), Bits(lower.Y), Bits(lower.Z), Bits(lower.W));
    }

    public readonly void MultiplyRow(int row, Vec4 a)
    {
        // The row is a constant at each call: only one of the four branches is compiled.
        if (row == 0)
        {
            CudaAsm.Emit(
                MMA + "{c0, c1, c2, c3}" + A + "{b0, b1}, {c0, c1, c2, c3}; "
                + MMA + "{c4, c5, c6, c7}" + A + "{b2, b3}, {c4, c5, c6, c7}; "
                + MMA + "{c8, c9, c10, c11}" + A + "{b4, b5}, {c8, c9, c10, c11}; "
                + MMA + "{c12, c13, c14, c15}" + A + "{b6, b7}, {c12, c13, c14, c15};",
                Bits(a.X), Bits(a.Y), Bits(a.Z), Bits(a.W));
        }
        else if (row == 1)
        {
            CudaAsm.Emit(
                MMA + "{c16, c17, c18, c19}" + A + "{b0, b1}, {c16, c17, c18, c19}; "
                + MMA + "{c20, c21, c22, c23}" + A + "{b2, b3}, {c20, c21, c22, c23}; "
                + MMA + "{c24, c25, c26, c27}" + A + "{b4, b5}, {c24, c25, c26, c27}; "
                + MMA + "{c28, c29, c30, c31}" + A + "{b6, b7}, {c28, c29, c30, c31};",
                Bits(a.X), Bits(a.Y), Bits(a.Z), Bits(a.W));
        }
        else if (row == 2)
        {
            CudaAsm.Emit(
                MMA + "{c32, c33, c34, c35}" + A + "{b0, b1}, {c32, c33, c34, c35}; "
                + MMA + "{c36, c37, c38, c39}" + A + "{b2, b3}, {c36, c37, c38, c39}; "
                + MMA + "{c40, c41, c42, c43}" + A + "{b4, b5}, {c40, c41, c42, c43}; "
                + MMA + "{c44, c45, c46, c47}" + A + "{b6, b7}, {c44, c45, c46, c47};",
                Bits(a.X), Bits(a.Y), Bits(a.Z), Bits(a.W));
        }
        else
        {
            CudaAsm.Emit(
                MMA + "{c48, c49, c50, c51}" + A + "{b0, b1}, {c48, c49, c50, c51}; "
                + MMA + "{c52, c53, c54, c55}" + A + "{b2, b3}, {c52, c53, c54, c55}; "
                + MMA + "{c56, c57, c58, c59}" + A + "{b4, b5}, {c56, c57, c58, c59}; "
                + MMA + "{c60, c61, c62, c63}" + A + "{b6, b7}, {c60, c61, c62, c63};",
                Bits(a.X), Bits(a.Y), Bits(a.Z), Bits(a.W));
        }
    }

    public readonly Vec4 TakeBlock()
    {
        CudaAsm.Emit("mov.f32 %0, c0;", out float x);
        CudaAsm.Emit("mov.f32 %0, c1;", out float y);
        CudaAsm.Emit("mov.f32 %0, c2;", out float z);
        CudaAsm.Emit("mov.f32 %0, c3;", out float w);

        // The next block takes its place. The driver's assembler renames registers instead of moving them.
        CudaAsm.Emit(
            "mov.f32 c0, c4; mov.f32 c1, c5; mov.f32 c2, c6; mov.f32 c3, c7; mov.f32 c4, c8; mov.f32 c5, c9; mov.f32 c6, c10; mov.f32 c7, c11; mov.f32 c8, c12; mov.f32 c9, c13; mov.f32 c10, c14; mov.f32 c11, c15; mov.f32 c12, c16; mov.f32 c13, c17; mov.f32 c14, c18; mov.f32 c15, c19; "
            + "mov.f32 c16, c20; mov.f32 c17, c21; mov.f32 c18, c22; mov.f32 c19, c23; mov.f32 c20, c24; mov.f32 c21, c25; mov.f32 c22, c26; mov.f32 c23, c27; mov.f32 c24, c28; mov.f32 c25, c29; mov.f32 c26, c30; mov.f32 c27, c31; mov.f32 c28, c32; mov.f32 c29, c33; mov.f32 c30, c34; mov.f32 c31, c35; "
            + "mov.f32 c32, c36; mov.f32 c33, c37; mov.f32 c34, c38; mov.f32 c35, c39; mov.f32 c36, c40; mov.f32 c37, c41; mov.f32 c38, c42; mov.f32 c39, c43; mov.f32 c40, c44; mov.f32 c41, c45; mov.f32 c42, c46; mov.f32 c43, c47; mov.f32 c44, c48; mov.f32 c45, c49; mov.f32 c46, c50; mov.f32 c47, c51; "
            + "mov.f32 c48, c52; mov.f32 c49, c53; mov.f32 c50, c54; mov.f32 c51, c55; mov.f32 c52, c56; mov.f32 c53, c57; mov.f32 c54, c58; mov.f32 c55, c59; mov.f32 c56, c60; mov.f32 c57, c61; mov.f32 c58, c62; mov.f32 c59, c63;");
        return new Vec4 { X = x, Y = y, Z = z, W = w };
    }

    private static uint Bits(float x) => Interop.FloatAsInt(x);
}

/// <summary>
/// The product on tensor cores, with factors rounded to tf32: 8 warps compute 128 × 128 results, each of them 64 × 32, as 4 × 4 blocks
/// of 16 × 8. A tile is 16 terms deep; the next one is loaded meanwhile, as in <see cref="BlockedProduct"/>.
/// <code>
///        32   32   32   32
///      ┌────┬────┬────┬────┐
///   64 │ w0 │ w1 │ w2 │ w3 │       a warp:  4 × 4 of  ▓▓ 16 × 8
///      ├────┼────┼────┼────┤
///   64 │ w4 │ w5 │ w6 │ w7 │
///      └────┴────┴────┴────┘
/// </code>
/// </summary>
internal static class TensorCoreProduct
{
    private const int Side = BlockedProduct.Side;

    // Eight more than a tile: the 8 results by 4 terms that a warp reads at once are in 32 different banks.
    private const int Pitch = Side + 8;
    private const int Half = 8 * Pitch;
    private const int TileSize = 2 * Half;

    public static void Run<TA, TB, TC, TCores>(TA a, TB b, TC c, Extents extents)
        where TA : struct, ITile
        where TB : struct, ITile
        where TC : struct, IResult
        where TCores : struct, ITensorCores
    {
        var fourA = SharedMemory.Allocate<Vec4>(2 * TileSize / 4);
        var fourB = SharedMemory.Allocate<Vec4>(2 * TileSize / 4);
        var sharedA = fourA.Cast<float>();
        var sharedB = fourB.Cast<float>();
        var position = new TilePosition(extents, Side);
        var warp = Group.IdxX >> 5;
        var group = (Group.IdxX & 31) >> 2;
        var thread = Group.IdxX & 3;
        var row = ((warp >> 2) << 6) + group;
        var column = ((warp & 3) << 5) + group;
        TCores cores = default;
        cores.Begin();
        Store(a, sharedA, 0, a.Load(position.Product, position.Row, position.First, position.End), a.Load(position.Product, position.Row, position.First + 8, position.End));
        Store(b, sharedB, 0, b.Load(position.Product, position.Column, position.First, position.End), b.Load(position.Product, position.Column, position.First + 8, position.End));
        Group.Barrier();
        var at = 0;
        for (var k0 = position.First + 16; k0 < position.End + 16; k0 += 16)
        {
            var isMore = k0 < position.End;
            Vec4 nearA = default, farA = default, nearB = default, farB = default;
            if (isMore)
            {
                nearA = a.Load(position.Product, position.Row, k0, position.End);
                farA = a.Load(position.Product, position.Row, k0 + 8, position.End);
                nearB = b.Load(position.Product, position.Column, k0, position.End);
                farB = b.Load(position.Product, position.Column, k0 + 8, position.End);
            }

            var placeA = at + thread * Pitch + row;
            var placeB = at + thread * Pitch + column;
            Multiply(ref cores, sharedA, placeA, sharedB, placeB);
            Multiply(ref cores, sharedA, placeA + Half, sharedB, placeB + Half);
            if (isMore)
            {
                at = TileSize - at;
                Store(a, sharedA, at, nearA, farA);
                Store(b, sharedB, at, nearB, farB);
                Group.Barrier();
            }
        }

        row += position.Row;
        column += position.Column - group + 2 * thread;
        StoreRow(ref cores, c, position.Part, extents, row, column);
        StoreRow(ref cores, c, position.Part, extents, row + 16, column);
        StoreRow(ref cores, c, position.Part, extents, row + 32, column);
        StoreRow(ref cores, c, position.Part, extents, row + 48, column);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TTile>(TTile tile, ArrayView<float> shared, int at, Vec4 near, Vec4 far)
        where TTile : struct, ITile
    {
        tile.Store(shared, at, Pitch, Round(near));
        tile.Store(shared, at + Half, Pitch, Round(far));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vec4 Round(Vec4 x) => new() { X = Round(x.X), Y = Round(x.Y), Z = Round(x.Z), W = Round(x.W) };

    /// <summary>The nearest number with the 10 bits of a tf32's fraction, away from 0 where there are two; the exponent is a float32's.</summary>
    internal static float Round(float x) => float.IsNaN(x) ? float.NaN : Interop.IntAsFloat((Interop.FloatAsInt(x) + 0x1000u) & 0xffffe000u);

    // Eight terms: 24 values from shared memory, 16 instructions of 1,024 multiply-adds.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply<TCores>(ref TCores cores, ArrayView<float> a, int placeA, ArrayView<float> b, int placeB)
        where TCores : struct, ITensorCores
    {
        cores.SetColumns(FourBlocks(b, placeB), FourBlocks(b, placeB + 4 * Pitch));
        cores.MultiplyRow(0, FragmentOfA(a, placeA));
        cores.MultiplyRow(1, FragmentOfA(a, placeA + 16));
        cores.MultiplyRow(2, FragmentOfA(a, placeA + 32));
        cores.MultiplyRow(3, FragmentOfA(a, placeA + 48));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vec4 FourBlocks(ArrayView<float> b, int position) =>
        new() { X = b[position], Y = b[position + 8], Z = b[position + 16], W = b[position + 24] };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vec4 FragmentOfA(ArrayView<float> a, int position) =>
        new() { X = a[position], Y = a[position + 8], Z = a[position + 4 * Pitch], W = a[position + 8 + 4 * Pitch] };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow<TC, TCores>(ref TCores cores, TC c, int part, Extents extents, int row, int column)
        where TC : struct, IResult
        where TCores : struct, ITensorCores
    {
        StoreBlock(c, part, extents, row, column, cores.TakeBlock());
        StoreBlock(c, part, extents, row, column + 8, cores.TakeBlock());
        StoreBlock(c, part, extents, row, column + 16, cores.TakeBlock());
        StoreBlock(c, part, extents, row, column + 24, cores.TakeBlock());
    }

    private static void StoreBlock<TC>(TC c, int part, Extents extents, int row, int column, Vec4 value)
        where TC : struct, IResult
    {
        StorePair(c, part, extents, row, column, value.X, value.Y);
        StorePair(c, part, extents, row + 8, column, value.Z, value.W);
    }

    private static void StorePair<TC>(TC c, int part, Extents extents, int row, int column, float left, float right)
        where TC : struct, IResult
    {
        if (row < extents.M && column < extents.N)
        {
            c.Store(part, row, column, left);
        }

        if (row < extents.M && column + 1 < extents.N)
        {
            c.Store(part, row, column + 1, right);
        }
    }
}
