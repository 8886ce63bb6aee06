using System.Collections.Concurrent;
using System.Reflection;
using ILGPU;
using ILGPU.Runtime;

namespace DeepNotes.Backends.Gpu;

/// <summary>Starts kernels on the device's one stream; each is compiled when it is first used.</summary>
internal sealed class Launcher(Accelerator accelerator)
{
    // Keyed by method: every mention of a kernel creates a new delegate.
    private readonly ConcurrentDictionary<MethodInfo, Delegate> _loaded = [];

    /// <summary>Threads of a group, for kernels without a requirement of their own; a power of two.</summary>
    public int GroupSize { get; } = Math.Min(256, accelerator.MaxNumThreadsPerGroup);

    /// <summary>A grid for a grid-stride loop over n elements, of at most eight groups for each multiprocessor.</summary>
    public KernelConfig Over(int n) =>
        new(Math.Clamp((n + GroupSize - 1) / GroupSize, 1, 8 * Math.Max(1, accelerator.NumMultiprocessors)), GroupSize);

    /// <summary>One group of threads for each of n pieces of work.</summary>
    public KernelConfig Each(int n) => new(n, GroupSize);

    public void Run<T1>(Action<T1> kernel, KernelConfig config, T1 a)
        where T1 : struct =>
        Load<Action<AcceleratorStream, KernelConfig, T1>>(kernel)(accelerator.DefaultStream, config, a);

    public void Run<T1, T2>(Action<T1, T2> kernel, KernelConfig config, T1 a, T2 b)
        where T1 : struct
        where T2 : struct =>
        Load<Action<AcceleratorStream, KernelConfig, T1, T2>>(kernel)(accelerator.DefaultStream, config, a, b);

    public void Run<T1, T2, T3>(Action<T1, T2, T3> kernel, KernelConfig config, T1 a, T2 b, T3 c)
        where T1 : struct
        where T2 : struct
        where T3 : struct =>
        Load<Action<AcceleratorStream, KernelConfig, T1, T2, T3>>(kernel)(accelerator.DefaultStream, config, a, b, c);

    public void Run<T1, T2, T3, T4>(Action<T1, T2, T3, T4> kernel, KernelConfig config, T1 a, T2 b, T3 c, T4 d)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct =>
        Load<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4>>(kernel)(accelerator.DefaultStream, config, a, b, c, d);

    public void Run<T1, T2, T3, T4, T5>(Action<T1, T2, T3, T4, T5> kernel, KernelConfig config, T1 a, T2 b, T3 c, T4 d, T5 e)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct =>
        Load<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5>>(kernel)(accelerator.DefaultStream, config, a, b, c, d, e);

    public void Run<T1, T2, T3, T4, T5, T6>(Action<T1, T2, T3, T4, T5, T6> kernel, KernelConfig config, T1 a, T2 b, T3 c, T4 d, T5 e, T6 f)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct
        where T6 : struct =>
        Load<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6>>(kernel)(accelerator.DefaultStream, config, a, b, c, d, e, f);

    public void Run<T1, T2, T3, T4, T5, T6, T7>(Action<T1, T2, T3, T4, T5, T6, T7> kernel, KernelConfig config, T1 a, T2 b, T3 c, T4 d, T5 e, T6 f, T7 g)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct
        where T6 : struct
        where T7 : struct =>
        Load<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7>>(kernel)(accelerator.DefaultStream, config, a, b, c, d, e, f, g);

    private TLaunch Load<TLaunch>(Delegate kernel)
        where TLaunch : Delegate
    {
        ArgumentNullException.ThrowIfNull(kernel);
        GpuException.ThrowIfDisposed(accelerator);
        return (TLaunch)_loaded.GetOrAdd(kernel.Method, Compile<TLaunch>);
    }

    private Delegate Compile<TLaunch>(MethodInfo kernel)
        where TLaunch : Delegate
    {
        // ILGPU optimises what it has translated in place, for the kernel that is asked for: a function that two kernels call would keep
        // what is true only for the first one's arguments. (Observed: a maximum that lost NaN after it had been compiled for max(0, x).)
        accelerator.Context.ClearCache(ClearCacheMode.Everything);
        var ops = kernel.GetGenericArguments();
        var isOurs = IsOurs(kernel.DeclaringType!);
        if (isOurs && ops.All(IsOurs))
        {
            return accelerator.LoadKernel<TLaunch>(kernel);
        }

        // A failed compilation leaves its context in a state in which later ones fail: custom kernels are tried in a separate context.
        try
        {
            TrialCompilation.Run(kernel);
            return accelerator.LoadKernel<TLaunch>(kernel);
        }
        catch (Exception error)
        {
            throw !isOurs ? GpuException.CannotCompile(kernel.Name, error) : new GpuException(
                $"{string.Join(", ", ops.Select(type => type.Name))} can't be compiled for a GPU: {error.GetBaseException().Message.TrimEnd('.')}. A function for "
                + "the GPU is made of arithmetic, comparisons and MathF on floats: no exceptions, arrays, strings or bool fields, and 1f : 0f instead of 1 : 0. "
                + "On Device.Cpu it works as it is.",
                error);
        }
    }

    private static bool IsOurs(Type type) => type.Assembly == typeof(Tensor).Assembly || type.Assembly == typeof(Launcher).Assembly;
}
