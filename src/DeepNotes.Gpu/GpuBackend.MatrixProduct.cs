using DeepNotes.Functions;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace DeepNotes.Backends.Gpu;

internal sealed partial class GpuBackend
{
    // From this number of rows and columns on, the blocked product is faster; below it most of a block of 128 × 128 is idle.
    private const int BlockedFrom = 64;

    // A sum of this many terms is divided even if the device has enough to do: a running sum in float loses digits.
    private const int LongestSum = 8192;

    // The minimum number of terms in a part of a sum.
    private const int ShortestPart = 256;

    /// <summary>Whether products of 64 rows and columns or more run on tensor cores, with factors rounded to tf32.</summary>
    /// <exception cref="GpuException">Set on a device without tensor cores.</exception>
    public bool AllowTF32
    {
        get;
        set => field = !value || _accelerator is CudaAccelerator { Architecture.Major: >= 8, InstructionSet.Major: >= 7 }
            ? value
            : throw new GpuException(
                $"AllowTF32: expected a CUDA device of compute capability 8.0 or more, which has tensor cores for tf32, and a driver for CUDA 11 or more, got {DeviceName} ({Name}).");
    }

    public void MatrixProduct(MatrixView a, MatrixView b, DeviceBuffer c, int count, int m, int k, int n, DeviceBuffer? bias = null)
    {
        if (c.Length == 0)
        {
            return;
        }

        lock (_gate)
        {
            // First: an allocation may collect buffers to which only views still refer.
            var extents = Split(m, n, k, count);
            using var parts = extents.Splits == 1 ? null : _memory.Take(extents.Splits * count * m * n);
            var left = new MatrixOperand(View(a.Buffer), a.Start, a.IsBroadcast ? 0 : m * k, m, k, a.IsTransposed);
            var right = new MatrixOperand(View(b.Buffer), b.Start, b.IsBroadcast ? 0 : k * n, n, k, !b.IsTransposed);
            var result = new MatrixResult(View(parts ?? c), m, n, bias is null ? View(c) : View(bias), bias is not null && extents.Splits == 1);
            if (IsBlocked(m, n) && left.IsAligned && right.IsAligned)
            {
                MultiplyAligned(left, right, result, extents);
            }
            else
            {
                Multiply(left, right, result, extents);
            }

            if (parts is not null)
            {
                ReduceColumns(default(Add), parts, c, 1, extents.Splits, count * m * n);
                if (bias is not null)
                {
                    Zip(default(Add), c, 0, [n, 1], bias, 0, [0, 1], c, 0, [count * m, n]);
                }
            }
        }
    }

    private bool IsBlocked(int m, int n) => m >= BlockedFrom && n >= BlockedFrom && _launch.GroupSize == BlockedProduct.Threads;

    private Extents Split(int m, int n, int k, int products)
    {
        var side = IsBlocked(m, n) ? BlockedProduct.Side : 16;
        var tiles = CeilDiv(m, side) * CeilDiv(n, side) * products;
        var forWork = Math.Min(4 * Math.Max(1, _accelerator.NumMultiprocessors) / tiles, k / ShortestPart);
        var results = Math.Max(1, products * m * n);
        var splits = Math.Clamp(Math.Max(forWork, CeilDiv(k, LongestSum)), 1, Math.Min(256, int.MaxValue / results));
        var extents = new Extents(m, n, k, products, splits);
        return k == 0 ? extents : extents with { Splits = CeilDiv(k, extents.Length) };
    }

    private void MultiplyAligned(MatrixOperand a, MatrixOperand b, MatrixResult c, Extents extents)
    {
        switch (a.RunsAlongSum, b.RunsAlongSum)
        {
            case (true, true):
                MultiplyTiles(new TileAlongSum(a), new TileAlongSum(b), c, extents);
                break;
            case (true, false):
                MultiplyTiles(new TileAlongSum(a), new TileAlongResult(b), c, extents);
                break;
            case (false, true):
                MultiplyTiles(new TileAlongResult(a), new TileAlongSum(b), c, extents);
                break;
            case (false, false):
                MultiplyTiles(new TileAlongResult(a), new TileAlongResult(b), c, extents);
                break;
        }
    }

    private void MultiplyTiles<TA, TB, TC>(TA a, TB b, TC c, Extents extents)
        where TA : struct, ITile
        where TB : struct, ITile
        where TC : struct, IResult
    {
        var config = new KernelConfig(extents.Tiles(BlockedProduct.Side), BlockedProduct.Threads);
        if (AllowTF32)
        {
            _launch.Run(TensorCoreProduct.Run<TA, TB, TC, CudaTensorCores>, config, a, b, c, extents);
        }
        else
        {
            _launch.Run(BlockedProduct.Run<TA, TB, TC>, config, a, b, c, extents);
        }
    }

    private void Multiply<TA, TB, TC>(TA a, TB b, TC c, Extents extents)
        where TA : struct, IOperand
        where TB : struct, IOperand
        where TC : struct, IResult
    {
        if (IsBlocked(extents.M, extents.N))
        {
            MultiplyTiles(new GatheredTile<TA>(a), new GatheredTile<TB>(b), c, extents);
        }
        else if (_launch.GroupSize >= 256)
        {
            _launch.Run(TiledProduct.Run<TA, TB, TC, Side16>, new KernelConfig(extents.Tiles(16), 256), a, b, c, extents);
        }
        else
        {
            _launch.Run(TiledProduct.Run<TA, TB, TC, Side4>, new KernelConfig(extents.Tiles(4), 16), a, b, c, extents);
        }
    }
}
