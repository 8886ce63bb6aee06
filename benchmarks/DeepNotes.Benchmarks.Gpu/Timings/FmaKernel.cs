using DeepNotes.Backends.Gpu;
using ILGPU;
using ILGPU.Runtime;

namespace DeepNotes.Benchmarks.Gpu.Timings;

/// <summary>Measures the peak rate of multiply-adds: independent chains on registers.</summary>
internal static class FmaKernel
{
    // Together with the other threads of a multiprocessor, more chains than latency · units.
    private const int Chains = 8;
    private const int Unrolled = 4;
    private const int ThreadsPerMultiprocessor = 2048;

    /// <summary>The rate in TFLOP/s, where a multiply-add counts as two operations.</summary>
    public static double Measure(GpuBackend gpu, Sizes sizes)
    {
        var accelerator = gpu.Accelerator;
        var launch = new Launcher(accelerator);
        var groups = 4 * Math.Max(1, accelerator.NumMultiprocessors) * Math.Max(1, ThreadsPerMultiprocessor / launch.GroupSize);
        var y = GpuBuffer.Of(gpu.Allocate(groups * launch.GroupSize));
        var milliseconds = DeviceTiming.Milliseconds(gpu, sizes, () => launch.Run(Chained, new KernelConfig(groups, launch.GroupSize), y, 0.5f, 1f, sizes.FmaRounds));
        return 2e-9 * Chains * Unrolled * sizes.FmaRounds * y.Length / milliseconds;
    }

    public static void Chained(ArrayView<float> y, float m, float c, int rounds)
    {
        var a0 = Grid.GlobalIndex.X * 1e-9f;
        var a1 = a0 + 1f;
        var a2 = a0 + 2f;
        var a3 = a0 + 3f;
        var a4 = a0 + 4f;
        var a5 = a0 + 5f;
        var a6 = a0 + 6f;
        var a7 = a0 + 7f;
        for (var round = 0; round < rounds; round++)
        {
            Step(ref a0, ref a1, ref a2, ref a3, ref a4, ref a5, ref a6, ref a7, m, c);
            Step(ref a0, ref a1, ref a2, ref a3, ref a4, ref a5, ref a6, ref a7, m, c);
            Step(ref a0, ref a1, ref a2, ref a3, ref a4, ref a5, ref a6, ref a7, m, c);
            Step(ref a0, ref a1, ref a2, ref a3, ref a4, ref a5, ref a6, ref a7, m, c);
        }

        // If the results were not used, the compiler would remove the loop.
        y[Grid.GlobalIndex.X] = a0 + a1 + (a2 + a3) + (a4 + a5 + (a6 + a7));
    }

    private static void Step(ref float a0, ref float a1, ref float a2, ref float a3, ref float a4, ref float a5, ref float a6, ref float a7, float m, float c)
    {
        a0 = a0 * m + c;
        a1 = a1 * m + c;
        a2 = a2 * m + c;
        a3 = a3 * m + c;
        a4 = a4 * m + c;
        a5 = a5 * m + c;
        a6 = a6 * m + c;
        a7 = a7 * m + c;
    }
}
