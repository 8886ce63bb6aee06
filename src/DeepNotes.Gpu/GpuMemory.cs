using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using ILGPU;
using ILGPU.Runtime;

namespace DeepNotes.Backends.Gpu;

/// <summary>
/// A pool of device memory by size class, an eighth of a power of two apart. All work is on one stream in its order, so that what
/// is returned can be reused at once, whatever is still running.
/// </summary>
internal sealed class GpuMemory(Accelerator accelerator)
{
    // Stacks, not bags: a bag has thread-local parts that end before it, and finalizers come here at the end of a process too.
    private readonly ConcurrentDictionary<int, ConcurrentStack<GpuBlock>> _free = [];

    // The number of bytes allocated before a garbage collection, unless tensors hold twice as many.
    private const long CollectedAfter = 1 << 28;

    private long _made;
    private long _held;
    private long _takenSinceCollection;

    // ILGPU's buffers have finalizers of their own: one that only a dying GpuBuffer refers to would be freed with it.
    private readonly ConcurrentDictionary<GpuBlock, byte> _all = new(ReferenceEqualityComparer.Instance);

    /// <summary>The maximum number of bytes; by default the memory of the device.</summary>
    public long Limit { get; set; } = long.MaxValue;

    /// <summary>The number of allocations by the driver.</summary>
    public long BlocksMade => Interlocked.Read(ref _made);

    /// <summary>Memory for this number of floats.</summary>
    /// <exception cref="GpuException">The device has no more, or was disposed.</exception>
    public GpuBuffer Take(int length)
    {
        GpuException.ThrowIfDisposed(accelerator);
        var size = SizeClass(length);
        Interlocked.Add(ref _takenSinceCollection, 4L * size);
        if (!TryReuse(size, out var block) && !(TryCollect() && TryReuse(size, out block)))
        {
            block = New(size);
        }

        return new GpuBuffer(length, block, this);
    }

    /// <summary>Called by finalizers, on their own thread: only managed memory is touched.</summary>
    public void Return(GpuBlock block) => _free.GetOrAdd(block.SizeClass, static _ => []).Push(block);

    private bool TryReuse(int size, [NotNullWhen(true)] out GpuBlock? block)
    {
        block = null;
        return _free.TryGetValue(size, out var free) && free.TryPop(out block);
    }

    // To the collector a buffer is a small object, whatever its memory on the device: by itself it would collect too late.
    private bool TryCollect()
    {
        if (Interlocked.Read(ref _takenSinceCollection) < Math.Max(CollectedAfter, Held / 2))
        {
            return false;
        }

        Collect();
        return true;
    }

    private void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Interlocked.Exchange(ref _takenSinceCollection, 0);
    }

    private static int SizeClass(int length)
    {
        var size = Math.Max(64, length);
        var step = Math.Max(64, (int)(BitOperations.RoundUpToPowerOf2((uint)size) / 16));
        return (int)Math.Min(int.MaxValue, ((long)size + step - 1) / step * step);
    }

    private GpuBlock New(int size)
    {
        try
        {
            return Allocate(size);
        }
        catch (Exception error) when (IsOutOfMemory(error))
        {
            Collect();
            FreeAll();
        }

        try
        {
            return Allocate(size);
        }
        catch (Exception error) when (IsOutOfMemory(error))
        {
            throw new GpuException(
                $"{accelerator.Name}: no room for {Megabytes(4L * size)}: tensors hold {Megabytes(Held)} of {Megabytes(Math.Min(Limit, accelerator.MemorySize))}. "
                + "A smaller batch needs less, and StepMemory uses the memory of a step again.",
                error);
        }
    }

    private long Held => Interlocked.Read(ref _held);

    private GpuBlock Allocate(int size)
    {
        if (Limit - 4L * size < Held)
        {
            throw new InsufficientMemoryException();
        }

        var block = new GpuBlock(accelerator.Allocate1D<float>(size), size);
        _all[block] = 0;
        Interlocked.Add(ref _held, 4L * size);
        Interlocked.Increment(ref _made);
        return block;
    }

    private void FreeAll()
    {
        accelerator.Synchronize();
        foreach (var free in _free.Values)
        {
            while (free.TryPop(out var block))
            {
                _all.TryRemove(block, out _);
                Interlocked.Add(ref _held, -4L * block.SizeClass);
                block.Buffer.Dispose();
            }
        }
    }

    private static bool IsOutOfMemory(Exception error) => error is OutOfMemoryException or AcceleratorException;

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:N0} MB");
}
