using DeepNotes.Functions;
using ILGPU;
using ILGPU.Runtime;

namespace DeepNotes.Backends.Gpu;

/// <summary>
/// The primitives as kernels on one stream of a GPU. A call returns when its kernel or its copy is queued; only <see cref="Download"/> waits.
/// One file for each shape of computation, as on the CPU; the kernels are in <c>Kernels/</c>.
/// </summary>
internal sealed partial class GpuBackend : IBackend
{
    // A view does not keep its buffer alive: the buffers of views are kept until the kernel that reads them is queued.
    [ThreadStatic]
    private static List<DeviceBuffer>? _lent;

    private readonly Accelerator _accelerator;
    private readonly GpuMemory _memory;
    private readonly Launcher _launch;
    private readonly StagingMemory _staging;

    // The kernels of one operation are queued consecutively, whichever threads create tensors.
    private readonly Lock _gate = new();

    public GpuBackend(Accelerator accelerator)
    {
        _accelerator = accelerator;
        _memory = new GpuMemory(accelerator);
        _launch = new Launcher(accelerator);
        _staging = new StagingMemory(accelerator);
    }

    public string Name => _accelerator.AcceleratorType switch
    {
        AcceleratorType.Cuda => "cuda",
        AcceleratorType.OpenCL => "opencl",
        _ => "emulated gpu",
    };

    /// <summary>The driver's name of the device.</summary>
    public string DeviceName => _accelerator.Name;

    /// <summary>Its memory in bytes.</summary>
    public long MemorySize => _accelerator.MemorySize;

    /// <summary>ILGPU's device.</summary>
    internal Accelerator Accelerator => _accelerator;

    /// <summary>The pool of its buffers.</summary>
    internal GpuMemory Memory => _memory;

    /// <summary>How many times the host has waited for the device.</summary>
    internal long Waits { get; private set; }

    /// <summary>Waits for all kernels in the queue.</summary>
    public void Synchronize()
    {
        lock (_gate)
        {
            Wait();
        }
    }

    /// <summary>Runs a test computation, so that a broken driver is detected before it is used.</summary>
    /// <exception cref="GpuException">It computes wrongly.</exception>
    internal void Try()
    {
        using var x = _memory.Take(3);
        Upload([1, 2, 3], x);
        Map(default(Square), x, x);
        var y = new float[3];
        Download(x, y);
        if (!y.AsSpan().SequenceEqual([1, 4, 9]))
        {
            throw new GpuException($"{DeviceName} computes x² wrongly: [{string.Join(", ", y)}] of [1, 2, 3]");
        }
    }

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

    public DeviceBuffer Allocate(int length) => _memory.Take(length);

    public void Upload(ReadOnlySpan<float> values, DeviceBuffer y)
    {
        lock (_gate)
        {
            Upload(values, View(y));
        }
    }

    public void Download(DeviceBuffer x, Span<float> values)
    {
        if (values.Length == 0)
        {
            return;
        }

        GpuException.ThrowIfDisposed(_accelerator);
        lock (_gate)
        {
            View(x).SubView(0, values.Length).CopyToCPU(_accelerator.DefaultStream, values);
            Wait();
        }
    }

    private static ArrayView<float> View(DeviceBuffer buffer) => GpuBuffer.Of(buffer);

    // Integers for a kernel to read.
    private GpuBuffer Temporary(ReadOnlySpan<int> values)
    {
        var buffer = _memory.Take(values.Length);
        Upload(values, buffer.View.Cast<int>());
        return buffer;
    }

    private void Upload<T>(ReadOnlySpan<T> values, ArrayView<T> y)
        where T : unmanaged
    {
        if (values.Length > 0)
        {
            _staging.Upload(values, y.SubView(0, values.Length));
        }
    }

    private void Wait()
    {
        _accelerator.DefaultStream.Synchronize();
        _staging.Release();
        Waits++;
    }
}
