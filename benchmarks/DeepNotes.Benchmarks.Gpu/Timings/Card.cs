using DeepNotes.Backends.Gpu;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace DeepNotes.Benchmarks.Gpu.Timings;

/// <summary>Properties of a GPU as reported by its driver.</summary>
/// <param name="Name">The name of the card.</param>
/// <param name="Kind">"cuda", "opencl" or "emulated gpu".</param>
/// <param name="Architecture">"SM_90", or the OpenCL version.</param>
/// <param name="Multiprocessors">The number of multiprocessors.</param>
/// <param name="ClockMegahertz">The maximum clock rate; 0 if the driver does not report it.</param>
/// <param name="MemoryGigabytes">The device memory in 10⁹ bytes.</param>
/// <param name="NominalTflops">Multiprocessors · cores · 2 · clock, the manufacturer's peak; null if the number of cores is not known.</param>
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

    // float32 units per multiprocessor, from NVIDIA's programming guide.
    private static int? Cores(Accelerator accelerator) => accelerator is CudaAccelerator { Architecture: var architecture }
        ? (architecture.Major, architecture.Minor) switch
        {
            (7, _) or (6, 0) or (8, 0) => 64,
            _ when architecture.Major >= 5 => 128,
            _ => null,
        }
        : null;
}
