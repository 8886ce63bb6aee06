using ILGPU.Runtime;

namespace DeepNotes;

/// <summary>Thrown if there is no device, if a device fails, or if memory runs out; the message names a remedy.</summary>
public sealed class GpuException : Exception
{
    /// <summary>Without a message.</summary>
    public GpuException()
    {
    }

    /// <summary>What is missing, and what to do.</summary>
    public GpuException(string message)
        : base(message)
    {
    }

    /// <summary>What is missing, what to do, and what the driver said.</summary>
    public GpuException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <exception cref="GpuException">The device was disposed: the driver would say something else each time.</exception>
    internal static void ThrowIfDisposed(Accelerator accelerator)
    {
        if (accelerator.IsDisposed)
        {
            throw new GpuException($"{accelerator.Name} was disposed, and its tensors with it. The library does not do so; restart the kernel to use the device again.");
        }
    }

    /// <summary>What ILGPU can't translate, and what a kernel may be made of.</summary>
    internal static GpuException CannotCompile(string kernel, Exception error) => new(
        $"{kernel} can't be compiled for a GPU: {error.GetBaseException().Message.TrimEnd('.')}. A kernel is a static method of a static class, made of numbers, "
        + "structs, views and MathF: no exceptions, arrays, strings, bool fields or variables of a cell, and 1f : 0f instead of 1 : 0.",
        error);
}
