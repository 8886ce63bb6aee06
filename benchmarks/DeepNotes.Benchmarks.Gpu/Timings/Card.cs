using DeepNotes.Backends.Gpu;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace DeepNotes.Benchmarks.Gpu.Timings;

/// <summary>What the driver says of a GPU.</summary>
/// <param name="Name">Of the card.</param>
/// <param name="Kind">"cuda", "opencl" or "emulated gpu".</param>
/// <param name="Architecture">"SM_90", or the OpenCL version.</param>
/// <param name="Multiprocessors">How many there are.</param>
/// <param name="ClockMegahertz">At most; 0 where it is not told.</param>
/// <param name="MemoryGigabytes">In 10⁹ bytes.</param>
/// <param name="NominalTflops">Multiprocessors · cores · 2 · clock, as the maker counts; null where the number of cores is not known.</param>
internal sealed record Card(string Name, string Kind, string Architecture, int Multiprocessors, int ClockMegahertz, double MemoryGigabytes, double? NominalTflops)
{
    public static Card Of(GpuBackend gpu)
    {
        var accelerator = gpu.Accelerator;
        var (architecture, clock) = accelerator switch
        {
            CudaAccelerator cuda => ($"{cuda.Architecture}, driver {cuda.DriverVersion}", cuda.ClockRate),
            CLAccelerator opencl => ($"{opencl.PlatformName}, {opencl.PlatformVersion}", opencl.ClockRate),
            _ => ("", 0),
        };
        return new Card(
            accelerator.Name, gpu.Name, architecture, accelerator.NumMultiprocessors, clock, accelerator.MemorySize / 1e9,
            Cores(accelerator) is { } cores && clock > 0 ? 2e-6 * accelerator.NumMultiprocessors * cores * clock : null);
    }

    // Units for float32 of a multiprocessor, by NVIDIA's programming guide.
    private static int? Cores(Accelerator accelerator) => accelerator is CudaAccelerator { Architecture: var architecture }
        ? (architecture.Major, architecture.Minor) switch
        {
            (7, _) or (6, 0) or (8, 0) => 64,
            _ when architecture.Major >= 5 => 128,
            _ => null,
        }
        : null;
}
