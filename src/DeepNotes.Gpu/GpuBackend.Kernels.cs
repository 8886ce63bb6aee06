using System.Collections.Concurrent;
using System.Reflection;
using ILGPU.Runtime;

namespace DeepNotes.Backends.Gpu;

internal sealed partial class GpuBackend
{
    // By the method, for a delegate is made anew wherever a kernel is named.
    private readonly ConcurrentDictionary<MethodInfo, Delegate> _own = [];

    // A view refers to no buffer: those that were lent live until the kernel that reads them stands in the queue.
    [ThreadStatic]
    private static List<DeviceBuffer>? _lent;

    /// <summary>Keeps a buffer until the next kernel of this thread is queued.</summary>
    internal void Lend(DeviceBuffer buffer) => (_lent ??= []).Add(buffer);

    /// <summary>Queues a kernel that isn't the library's.</summary>
    internal void Start(Action<AcceleratorStream> launch)
    {
        lock (_gate)
        {
            launch(_accelerator.DefaultStream);
        }

        _lent?.Clear();
    }

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
