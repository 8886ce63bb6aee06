using DeepNotes.Backends;
using DeepNotes.Backends.Gpu;
using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Gpu;

public sealed class GpuPresenceTests
{
    [GpuFact]
    public void The_suite_runs_on_a_gpu() => Assert.True(Devices.All[0].ToString() is "cuda" or "opencl");

    [GpuFact]
    public void The_default_device_and_the_one_of_its_kind_are_the_same() => Assert.Same(Device.Gpu(), Device.Gpu(Device.Gpu().ToString()));

    // A new device, on which these are the first two kernels; both call the same maximum. It is never disposed, like that of Device.Gpu().
    private static Device? _fresh;

    [GpuFact]
    public void A_kernel_keeps_NaN_after_another_one_was_compiled_with_the_same_function()
    {
        _fresh = new Device(Accelerators.Open(Devices.All[0].ToString()));
        using var chosen = _fresh.Use();
        Assert.Equal([0, 2], Tensor.From([-1, 2]).ReLU().ToArray());
        Assert.Equal([float.NaN, 1, -1], Tensor.From([float.NaN, 3, -3]).Clamp(-1, 1).ToArray());
    }
}

/// <summary>A test that needs a GPU or a driver that emulates one.</summary>
public sealed class GpuFactAttribute : FactAttribute
{
    internal const string Missing = "There is no CUDA or OpenCL device; the package pocl-opencl-icd makes one of the processor.";

    public GpuFactAttribute()
    {
        if (Devices.Gpu is null)
        {
            Skip = Missing;
        }
    }
}

/// <summary>A theory that needs a GPU or a driver that emulates one.</summary>
public sealed class GpuTheoryAttribute : TheoryAttribute
{
    public GpuTheoryAttribute()
    {
        if (Devices.Gpu is null)
        {
            Skip = GpuFactAttribute.Missing;
        }
    }
}
