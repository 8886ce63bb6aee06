using System.Runtime.CompilerServices;
using DeepNotes.Tests.Support;
using ILGPU;
using Device = DeepNotes.Backends.Device;

namespace DeepNotes.Tests.Gpu;

/// <summary>Custom kernels, written outside of the library.</summary>
public sealed class GpuKernelsTests
{
    public static TheoryData<string> Kinds => Devices.Gpu is { } gpu ? [gpu.ToString(), "cpu"] : ["cpu"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_custom_kernel_runs_on_tensors(string kind)
    {
        var gpu = Device.Gpu(kind);
        var (a, b, c) = (Tensor.Normal([1000], seed: 1), Tensor.Normal([1000], seed: 2), Tensor.Zeros([1000]).To(gpu));

        gpu.Run(Own.Add, (63, 16), a.To(gpu).View(), b.To(gpu).View(), c.View());

        Assert.Equal((a + b).ToArray(), c.ToArray());
        Assert.Equal(kind == "cpu", gpu.IsEmulated);
        Assert.Equal(16, gpu.IsEmulated ? gpu.Accelerator.MaxNumThreadsPerGroup : 16);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_kernel_that_cannot_be_compiled_gives_the_reason_and_affects_no_other(string kind)
    {
        var gpu = Device.Gpu(kind);
        var c = Tensor.Zeros([3]).To(gpu);

        var error = Assert.Throws<GpuException>(() => gpu.Run(Own.Throws, (1, 3), c.View(), 1));
        gpu.Run(Own.Fill, (1, 3), c.View(), 2);

        Assert.StartsWith("Throws can't be compiled for a GPU: ", error.Message, StringComparison.Ordinal);
        Assert.Equal([2, 2, 2], c.ToArray());
    }

    [Fact]
    public void A_tensor_that_only_its_view_refers_to_keeps_its_values_until_the_kernel_is_queued()
    {
        var gpu = Device.Gpu("cpu");
        var c = Tensor.Zeros([16]).To(gpu);

        gpu.Run(Own.Add, (1, 16), Lent(1), Lent(2), c.View());

        Assert.Equal(Enumerable.Repeat(3f, 16), c.ToArray());

        // Collected before the kernel runs: unless the view keeps the tensor alive, the second tensor reuses its memory.
        ArrayView<float> Lent(float value)
        {
            var view = View(value);
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return view;
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        ArrayView<float> View(float value) => (Tensor.Ones([16]) * value).To(gpu).View();
    }

    [Fact]
    public void There_is_always_a_device_for_kernels()
    {
        var device = Device.GpuOrEmulation();

        Assert.NotNull(device.GpuDescription);
        Assert.Equal(Devices.Gpu is null, device.IsEmulated);
        Assert.False(Device.Cpu.IsEmulated);
    }

    [Fact]
    public void The_CPU_device_runs_no_kernels() =>
        Assert.Throws<InvalidOperationException>(() => Device.Cpu.Run(Own.Fill, (1, 1), default(ArrayView<float>), 1));

    [Fact]
    public void A_CPU_tensor_has_no_device_view() => Assert.Throws<InvalidOperationException>(() => Tensor.Zeros([1]).View());

    [Fact]
    public void The_assembler_text_of_a_kernel_needs_no_driver()
    {
        Assert.Contains("add.f32", GpuKernels.Ptx(Own.Add), StringComparison.Ordinal);
        Assert.Throws<GpuException>(() => GpuKernels.Ptx(Own.Throws));
    }

    private static class Own
    {
        public static void Add(ArrayView<float> a, ArrayView<float> b, ArrayView<float> c)
        {
            var i = Grid.GlobalIndex.X;
            if (i < c.Length)
            {
                c[i] = a[i] + b[i];
            }
        }

        public static void Fill(ArrayView<float> c, int value) => c[Grid.GlobalIndex.X] = value;

        public static void Throws(ArrayView<float> c, int value) => c[0] = value > 0 ? throw new NotSupportedException() : 1f;
    }
}
