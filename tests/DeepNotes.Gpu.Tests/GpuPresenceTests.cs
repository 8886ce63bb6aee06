using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Gpu;

public sealed class GpuPresenceTests
{
    [GpuFact]
    public void The_suite_runs_on_a_gpu() => Assert.True(Devices.All[0].ToString() is "cuda" or "opencl");
}

/// <summary>A test that needs a GPU, or a driver that does as if.</summary>
public sealed class GpuFactAttribute : FactAttribute
{
    public GpuFactAttribute()
    {
        if (Devices.Gpu is null)
        {
            Skip = "There is no CUDA or OpenCL device; the package pocl-opencl-icd makes one of the processor.";
        }
    }
}
