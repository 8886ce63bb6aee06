using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;

namespace DeepNotes.Backends.Gpu;

/// <summary>
/// Page-locked host memory for asynchronous copies to the device: an upload returns without waiting, and the caller may change the
/// values at once. It is filled from the start again whenever the device has finished all queued work.
/// </summary>
internal sealed class StagingMemory(Accelerator accelerator)
{
    private const int Size = 1 << 25;
    private const int Alignment = 256;

    private PageLockScope<byte>? _locked;
    private byte[] _bytes = [];
    private int _used;

    /// <summary>Queues y = values. Waits for the device if the values are larger than this memory.</summary>
    public void Upload<T>(ReadOnlySpan<T> values, ArrayView<T> y)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values);
        var stream = accelerator.DefaultStream;
        if (bytes.Length > Size)
        {
            y.CopyFromCPU(stream, values);
            stream.Synchronize();
            Release();
            return;
        }

        if (bytes.Length > Size - _used)
        {
            stream.Synchronize();
            Release();
        }

        if (_locked is null)
        {
            _bytes = GC.AllocateUninitializedArray<byte>(Size, pinned: true);
            _locked = accelerator.CreatePageLockFromPinned(_bytes);
        }

        var staged = _bytes.AsSpan(_used, bytes.Length);
        bytes.CopyTo(staged);
        y.CopyFromCPU(stream, MemoryMarshal.Cast<byte, T>(staged));
        _used = (_used + bytes.Length + Alignment - 1) / Alignment * Alignment;
    }

    /// <summary>To be called when the device has finished all queued work.</summary>
    public void Release() => _used = 0;
}
