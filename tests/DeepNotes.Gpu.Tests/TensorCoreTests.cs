using System.Globalization;
using System.Text.RegularExpressions;
using DeepNotes.Backends;
using DeepNotes.Backends.Gpu;
using DeepNotes.Tests.Support;
using ILGPU;
using ILGPU.Runtime;
using Device = DeepNotes.Backends.Device;
using Group = ILGPU.Group;

namespace DeepNotes.Tests.Gpu;

/// <summary>
/// The product on tensor cores. The instruction exists only on CUDA; elsewhere ordinary threads emulate it as the PTX ISA specifies,
/// which tests the indices of every load and store.
/// </summary>
public sealed class TensorCoreTests
{
    public static TheoryData<int, int, int, bool, bool> Shapes() => new()
    {
        { 130, 67, 21, true, false },
    };

    [GpuTheory]
    [MemberData(nameof(Shapes))]
    public void Fragments_are_where_the_instruction_expects_them(int m, int n, int k, bool isTransposedA, bool isTransposedB)
    {
        var backend = (GpuBackend)Devices.Gpu!.Backend;
        var (a, b) = (Tensor.Normal([m, k], seed: 1), Tensor.Normal([n, k], seed: 2));
        var (onA, onB) = (isTransposedA ? a.Transpose() : a, isTransposedB ? b.Transpose() : b);
        var (left, right, y) = (backend.Memory.Take(m * k), backend.Memory.Take(n * k), backend.Memory.Take(m * n));
        backend.Upload(onA.ToArray(), left);
        backend.Upload(onB.ToArray(), right);
        var operandA = new MatrixOperand(left.View, 0, 0, m, k, isTransposedA);
        var operandB = new MatrixOperand(right.View, 0, 0, n, k, isTransposedB);
        var result = new MatrixResult(y.View, m, n, y.View, hasBias: false);

        Run(backend, operandA, operandB, result, new Extents(m, n, k, 1, 1));

        var actual = new float[m * n];
        backend.Download(y, actual);
        AssertClose.Equal(Product(a.ToArray(), b.ToArray(), m, n, k), [.. actual.Select(value => (double)value)], 1e-6, "rounded factors");
    }

    [Fact]
    public void The_instruction_is_in_the_kernel_and_its_operands_in_registers()
    {
        foreach (var (a, b) in new[] { (typeof(TileAlongSum), typeof(TileAlongResult)), (typeof(GatheredTile<MatrixOperand>), typeof(GatheredTile<PatchOperand>)) })
        {
            var text = PtxTests.Ptx(typeof(TensorCoreProduct).GetMethod(nameof(TensorCoreProduct.Run))!.MakeGenericMethod(a, b, typeof(MatrixResult), typeof(CudaTensorCores)));

            System.IO.File.WriteAllText("/tmp/tc.ptx", text);
            // Two halves of a tile of 4 × 4 blocks each. Each result of a thread is copied through local memory once, after the last instruction.
            Assert.Equal(32, Regex.Count(text, @"mma\.sync\.aligned\.m16n8k8\.row\.col\.f32\.tf32\.tf32\.f32 \{(c\d+(, )?){4}\}, \{\s*(%r\d+(, )?){4}\}, \{b\d, b\d\}, \{(c\d+(, )?){4}\};"));
            Assert.Equal(64, Regex.Count(text, @"ld\.local"));
            Assert.DoesNotMatch(@"(ld|st)\.local", text[..text.LastIndexOf("mma.sync", StringComparison.Ordinal)]);
            var shared = Regex.Matches(text, @"\.shared[^;]*\[(\d+)\]").Sum(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
            Assert.InRange(shared, 1, 48 << 10);
        }
    }

    [NoCudaFact]
    public void Devices_without_tensor_cores_name_what_is_missing()
    {
        Assert.Contains("expected a GPU, got cpu", Assert.Throws<GpuException>(() => Device.Cpu.AllowTF32 = true).Message, StringComparison.Ordinal);
        if (Devices.Gpu is { } gpu)
        {
            Assert.Contains("compute capability 8.0", Assert.Throws<GpuException>(() => gpu.AllowTF32 = true).Message, StringComparison.Ordinal);
            gpu.AllowTF32 = false;
            Assert.False(gpu.AllowTF32);
        }
    }

    [Theory]
    [InlineData(1f, 1f)]
    [InlineData(1 + 1f / 2048, 1 + 1f / 1024)]
    [InlineData(-1 - 1f / 2048, -1 - 1f / 1024)]
    [InlineData(1 + 1f / 2049, 1f)]
    [InlineData(float.MaxValue, float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity, float.NegativeInfinity)]
    [InlineData(float.NaN, float.NaN)]
    [InlineData(-0f, -0f)]
    public void Rounding_keeps_ten_bits(float x, float expected) => Assert.Equal(expected, TensorCoreProduct.Round(x));

    private static void Run(GpuBackend backend, MatrixOperand a, MatrixOperand b, MatrixResult c, Extents extents)
    {
        var launch = new Launcher(backend.Accelerator);
        var config = new KernelConfig(extents.Tiles(BlockedProduct.Side), BlockedProduct.Threads);
        switch (a.IsAligned && b.IsAligned, a.RunsAlongSum, b.RunsAlongSum)
        {
            case (true, true, true):
                launch.Run(TensorCoreProduct.Run<TileAlongSum, TileAlongSum, MatrixResult, EmulatedTensorCores>, config, new TileAlongSum(a), new TileAlongSum(b), c, extents);
                break;
            case (true, true, false):
                launch.Run(TensorCoreProduct.Run<TileAlongSum, TileAlongResult, MatrixResult, EmulatedTensorCores>, config, new TileAlongSum(a), new TileAlongResult(b), c, extents);
                break;
            case (true, false, true):
                launch.Run(TensorCoreProduct.Run<TileAlongResult, TileAlongSum, MatrixResult, EmulatedTensorCores>, config, new TileAlongResult(a), new TileAlongSum(b), c, extents);
                break;
            default:
                launch.Run(
                    TensorCoreProduct.Run<GatheredTile<MatrixOperand>, GatheredTile<MatrixOperand>, MatrixResult, EmulatedTensorCores>, config,
                    new GatheredTile<MatrixOperand>(a), new GatheredTile<MatrixOperand>(b), c, extents);
                break;
        }
    }

    private static double[] Product(float[] a, float[] b, int m, int n, int k)
    {
        var y = new double[m * n];
        for (var i = 0; i < m * n; i++)
        {
            for (var term = 0; term < k; term++)
            {
                y[i] += (double)TensorCoreProduct.Round(a[i / n * k + term]) * TensorCoreProduct.Round(b[i % n * k + term]);
            }
        }

        return y;
    }
}

/// <summary>Emulates the instruction: threads exchange their fragments through shared memory, which also holds C.</summary>
internal struct EmulatedTensorCores : ITensorCores
{
    private const int Blocks = 16;

    private ArrayView<Vec4> _sums;
    private Vec4 _upper, _lower;
    private int _taken;

    private static int Thread => Group.IdxX;

    public void Begin()
    {
        _sums = SharedMemory.Allocate<Vec4>(BlockedProduct.Threads * Blocks);
        for (var i = 0; i < Blocks; i++)
        {
            _sums[Thread * Blocks + i] = default;
        }
    }

    public void SetColumns(Vec4 upper, Vec4 lower) => (_upper, _lower) = (upper, lower);

    public void MultiplyRow(int row, Vec4 a)
    {
        var shown = SharedMemory.Allocate<Vec4>(3 * BlockedProduct.Threads);
        var fragments = shown.Cast<float>();
        Group.Barrier();
        shown[3 * Thread] = a;
        shown[3 * Thread + 1] = _upper;
        shown[3 * Thread + 2] = _lower;
        Group.Barrier();
        var warp = Thread / 32 * 32;
        for (var j = 0; j < 4; j++)
        {
            var c = _sums[Thread * Blocks + 4 * row + j];
            for (var k = 0; k < 8; k++)
            {
                // Lane 4·i + k % 4 holds A[i, k] and B[k, i]; each lane shares twelve values.
                var ofA = (warp + 4 * (Thread % 32 / 4) + k % 4) * 12 + k / 4 * 2;
                var left = (warp + 4 * (Thread % 4 * 2) + k % 4) * 12 + 4 + k / 4 * 4 + j;
                var right = left + 4 * 12;
                c.X += fragments[ofA] * fragments[left];
                c.Y += fragments[ofA] * fragments[right];
                c.Z += fragments[ofA + 1] * fragments[left];
                c.W += fragments[ofA + 1] * fragments[right];
            }

            _sums[Thread * Blocks + 4 * row + j] = c;
        }
    }

    public Vec4 TakeBlock() => _sums[Thread * Blocks + _taken++];
}
