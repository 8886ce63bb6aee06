using DeepNotes.Backends;
using DeepNotes.Backends.Gpu;
using DeepNotes.Benchmarks.Gpu.Checks;

namespace DeepNotes.Benchmarks.Gpu.Timings;

/// <summary>An implementation of the product of two [n, n] matrices on a GPU.</summary>
/// <param name="Name">The name in the table.</param>
/// <param name="Tolerance">The largest max |difference| / max |value| allowed against the product in double precision.</param>
/// <param name="Multiply">Queues C = A·B.</param>
internal sealed record ProductPath(string Name, double Tolerance, Action<DeviceBuffer, DeviceBuffer, DeviceBuffer, int> Multiply)
{
    public const string Fp32 = "fp32 product";
    public const string Tf32 = "tf32 product";
    public const string CuBlasFp32 = "cuBLAS fp32 product";
    public const string CuBlasTf32 = "cuBLAS tf32 product";

    // tf32 rounds each factor by up to 2⁻¹¹ relatively; in a sum of thousands of terms most of that cancels.
    private const double RoundedFactors = 2e-3;

    /// <summary>The implementations available on this device.</summary>
    public static IReadOnlyList<ProductPath> All(GpuBackend gpu, CuBlas? cublas)
    {
        void Multiply(DeviceBuffer a, DeviceBuffer b, DeviceBuffer c, int n) => gpu.MatrixProduct(new MatrixView(a, false, false), new MatrixView(b, false, false), c, 1, n, n, n);
        var paths = new List<ProductPath> { new(Fp32, KernelCheck.Usual, Multiply) };
        if (HasTensorCores(gpu))
        {
            paths.Add(new(Tf32, RoundedFactors, (a, b, c, n) =>
            {
                gpu.AllowTF32 = true;
                Multiply(a, b, c, n);
                gpu.AllowTF32 = false;
            }));
        }

        if (cublas is not null)
        {
            paths.Add(new(CuBlasFp32, KernelCheck.Usual, (a, b, c, n) => cublas.Multiply(a, b, c, n, allowTF32: false)));
            paths.Add(new(CuBlasTf32, RoundedFactors, (a, b, c, n) => cublas.Multiply(a, b, c, n, allowTF32: true)));
        }

        return paths;
    }

    /// <summary>Measures the time at one size, and checks the timed result.</summary>
    public (TimingRow Time, CheckRow Check) Measure(GpuBackend gpu, Sizes sizes, int n)
    {
        var (on, square) = (new Operands(gpu), new SampledProduct(n));
        var (a, b, c) = (on.Of(square.A), on.Of(square.B), on.New(n * n));
        var milliseconds = DeviceTiming.Milliseconds(gpu, sizes, () => Multiply(a, b, c, n));
        var error = KernelCheck.WorstError(square.RowsOf(on.Read(nameof(IBackend.MatrixProduct), c)).Values, square.Expected(nameof(IBackend.MatrixProduct)).Values);
        var name = $"{Name} {n}";
        return (
            new TimingRow(name, milliseconds, Flops: 2.0 * n * n * n, Bytes: 3.0 * sizeof(float) * n * n),
            new CheckRow(nameof(IBackend.MatrixProduct), $"{name}, {SampledProduct.Rows} rows", error, Tolerance, error <= Tolerance, null));
    }

    private static bool HasTensorCores(GpuBackend gpu)
    {
        try
        {
            gpu.AllowTF32 = true;
            gpu.AllowTF32 = false;
            return true;
        }
        catch (GpuException)
        {
            return false;
        }
    }
}
