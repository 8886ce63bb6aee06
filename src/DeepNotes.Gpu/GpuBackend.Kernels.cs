namespace DeepNotes.Backends.Gpu;

internal sealed partial class GpuBackend
{
    // A view refers to no buffer: those that were lent live until the kernel that reads them stands in the queue.
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
