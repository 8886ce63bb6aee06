using ILGPU;
using ILGPU.Runtime;

namespace DeepNotes.Backends.Gpu;

/// <summary>
/// Memory of a GPU. It returns to its <see cref="GpuMemory"/> when it is finalised; an operation disposes its temporary buffers as
/// soon as its kernels are queued.
/// </summary>
internal sealed class GpuBuffer(int length, GpuBlock block, GpuMemory memory) : DeviceBuffer(length), IDisposable
{
    ~GpuBuffer() => memory.Return(block);

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        memory.Return(block);
    }

    /// <summary>The view for kernels.</summary>
    public ArrayView<float> View => block.Buffer.View.BaseView.SubView(0, Length);

    /// <exception cref="InvalidOperationException">The buffer is another device's.</exception>
    public static ArrayView<float> Of(DeviceBuffer buffer) => buffer is GpuBuffer own
        ? own.View
        : throw new InvalidOperationException("Tensors of two devices in one operation: bring them together with tensor.To(device).");
}

/// <summary>A piece of a GPU's memory, and its size class.</summary>
internal sealed record GpuBlock(MemoryBuffer1D<float, Stride1D.Dense> Buffer, int SizeClass);
