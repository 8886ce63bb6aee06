using DeepNotes.Backends;
using DeepNotes.Backends.Gpu;
using ILGPU;
using ILGPU.Runtime;
using Device = DeepNotes.Backends.Device;

namespace DeepNotes;

/// <summary>Custom kernels: static methods in C# that run once for each thread of a GPU, on the memory of the library's tensors.</summary>
/// <example><code>
/// static class Kernels
/// {
///     public static void Add(ArrayView&lt;float&gt; a, ArrayView&lt;float&gt; b, ArrayView&lt;float&gt; c)
///     {
///         var i = Grid.GlobalIndex.X;
///         if (i &lt; c.Length) { c[i] = a[i] + b[i]; }
///     }
/// }
///
/// var gpu = Device.GpuOrEmulation();
/// var (a, b, c) = (x.To(gpu), y.To(gpu), Tensor.Zeros([1000]).To(gpu));
/// gpu.Run(Kernels.Add, (4, 256), a.View(), b.View(), c.View());      // 4 groups of 256 threads
/// </code></example>
public static class GpuKernels
{
    /// <summary>The PTX assembly of a kernel, compiled without a driver or a device.</summary>
    /// <exception cref="GpuException">The kernel can't be compiled.</exception>
    public static string Ptx(Delegate kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        try
        {
            return TrialCompilation.Run(kernel.Method);
        }
        catch (Exception error) when (error is not GpuException)
        {
            throw GpuException.CannotCompile(kernel.Method.Name, error);
        }
    }

    extension(Device device)
    {
        /// <summary>
        /// A GPU of this machine, and where there is none ILGPU's emulation of one on the processor, whose threads are the
        /// operating system's: correct and very slow.
        /// </summary>
        public static Device GpuOrEmulation()
        {
            try
            {
                return Device.Gpu();
            }
            catch (GpuException)
            {
                return Device.Gpu("cpu");
            }
        }

        /// <summary>Whether kernels run in ILGPU's emulation: at toy sizes only.</summary>
        public bool IsEmulated => (device.Backend as GpuBackend)?.Accelerator.AcceleratorType == AcceleratorType.CPU;

        /// <summary>ILGPU's accelerator of the device, for direct use.</summary>
        /// <exception cref="InvalidOperationException">The device is no GPU.</exception>
        public Accelerator Accelerator => Backend(device).Accelerator;

        /// <summary>Starts a kernel, which is compiled when it is first used; it is queued after the library's own kernels.</summary>
        /// <param name="kernel">A static method of a static class.</param>
        /// <param name="config">How many groups, and how many threads in each.</param>
        /// <param name="a">The kernel's argument, as are those that follow: views of tensors, numbers, structs of them.</param>
        /// <exception cref="GpuException">The kernel can't be compiled.</exception>
        public void Run<T1>(Action<T1> kernel, KernelConfig config, T1 a)
            where T1 : struct =>
            Backend(device).Start(launcher => launcher.Run(kernel, config, a));

        /// <inheritdoc cref="Run{T1}(Device, Action{T1}, KernelConfig, T1)"/>
        public void Run<T1, T2>(Action<T1, T2> kernel, KernelConfig config, T1 a, T2 b)
            where T1 : struct
            where T2 : struct =>
            Backend(device).Start(launcher => launcher.Run(kernel, config, a, b));

        /// <inheritdoc cref="Run{T1}(Device, Action{T1}, KernelConfig, T1)"/>
        public void Run<T1, T2, T3>(Action<T1, T2, T3> kernel, KernelConfig config, T1 a, T2 b, T3 c)
            where T1 : struct
            where T2 : struct
            where T3 : struct =>
            Backend(device).Start(launcher => launcher.Run(kernel, config, a, b, c));

        /// <inheritdoc cref="Run{T1}(Device, Action{T1}, KernelConfig, T1)"/>
        public void Run<T1, T2, T3, T4>(Action<T1, T2, T3, T4> kernel, KernelConfig config, T1 a, T2 b, T3 c, T4 d)
            where T1 : struct
            where T2 : struct
            where T3 : struct
            where T4 : struct =>
            Backend(device).Start(launcher => launcher.Run(kernel, config, a, b, c, d));

        /// <inheritdoc cref="Run{T1}(Device, Action{T1}, KernelConfig, T1)"/>
        public void Run<T1, T2, T3, T4, T5>(Action<T1, T2, T3, T4, T5> kernel, KernelConfig config, T1 a, T2 b, T3 c, T4 d, T5 e)
            where T1 : struct
            where T2 : struct
            where T3 : struct
            where T4 : struct
            where T5 : struct =>
            Backend(device).Start(launcher => launcher.Run(kernel, config, a, b, c, d, e));

        /// <inheritdoc cref="Run{T1}(Device, Action{T1}, KernelConfig, T1)"/>
        public void Run<T1, T2, T3, T4, T5, T6>(Action<T1, T2, T3, T4, T5, T6> kernel, KernelConfig config, T1 a, T2 b, T3 c, T4 d, T5 e, T6 f)
            where T1 : struct
            where T2 : struct
            where T3 : struct
            where T4 : struct
            where T5 : struct
            where T6 : struct =>
            Backend(device).Start(launcher => launcher.Run(kernel, config, a, b, c, d, e, f));
    }

    /// <summary>
    /// A tensor's memory on its GPU, row by row, for kernels. What they write there is not recorded: give them tensors that no gradient
    /// goes through. The memory stays the tensor's until the next kernel of this thread is queued, and from then on as long as the
    /// tensor is in use.
    /// </summary>
    /// <exception cref="InvalidOperationException">The tensor is on no GPU.</exception>
    public static ArrayView<float> View(this Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        var view = GpuBuffer.Of(tensor.Buffer);
        Backend(tensor.Device).Lend(tensor.Buffer);
        return view;
    }

    private static GpuBackend Backend(Device device) => device.Backend as GpuBackend
        ?? throw new InvalidOperationException($"{device} runs no kernels: take Device.Gpu() or Device.GpuOrEmulation().");
}
