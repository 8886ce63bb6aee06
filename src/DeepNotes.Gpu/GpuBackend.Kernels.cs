using System.Collections.Concurrent;
using System.Reflection;
using ILGPU.Runtime;

namespace DeepNotes.Backends.Gpu;

internal sealed partial class GpuBackend
{
    // By the method, for a delegate is made anew wherever a kernel is named.
    private readonly ConcurrentDictionary<MethodInfo, Delegate> _own = [];

    /// <summary>The device, for kernels that aren't the library's.</summary>
    internal Accelerator Accelerator => _accelerator;

    /// <summary>Where kernels queue.</summary>
    internal AcceleratorStream Stream => _accelerator.DefaultStream;

    /// <summary>A kernel that isn't the library's; compiled when it is first asked for.</summary>
    /// <exception cref="GpuException">It can't be compiled.</exception>
    internal TLaunch Load<TLaunch>(Delegate kernel)
        where TLaunch : Delegate
    {
        ArgumentNullException.ThrowIfNull(kernel);
        lock (_gate)
        {
            return (TLaunch)_own.GetOrAdd(kernel.Method, method =>
            {
                try
                {
                    // Elsewhere first, and with nothing left of what was compiled before: Launcher says why.
                    TrialCompilation.Run(method);
                    _accelerator.Context.ClearCache(ILGPU.ClearCacheMode.Everything);
                    return _accelerator.LoadKernel<TLaunch>(method);
                }
                catch (Exception error)
                {
                    throw GpuException.CannotCompile(method.Name, error);
                }
            });
        }
    }
}
