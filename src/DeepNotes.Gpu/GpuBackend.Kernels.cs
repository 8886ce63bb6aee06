namespace DeepNotes.Backends.Gpu;

internal sealed partial class GpuBackend
{
    // A view does not keep its buffer alive: the buffers of views are kept until the kernel that reads them is queued.
    [ThreadStatic]
    private static List<DeviceBuffer>? _lent;

    /// <summary>Keeps a buffer until the next kernel of this thread is queued.</summary>
    internal void Lend(DeviceBuffer buffer) => (_lent ??= []).Add(buffer);

    /// <summary>Queues a kernel that isn't the library's.</summary>
    internal void Start(Action<Launcher> launch)
    {
        lock (_gate)
        {
            launch(_launch);
        }

        _lent?.Clear();
    }
}
