using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace DeepNotes.Backends.Gpu;

/// <summary>Finds a GPU and opens it.</summary>
internal static class Accelerators
{
    private static readonly string[] Kinds = ["cuda", "opencl", "cpu"];

    // Before ILGPU first looks for a driver: machines without development packages have only libcuda.so.1 and libOpenCL.so.1.
    static Accelerators()
    {
        NativeLibrary.SetDllImportResolver(typeof(Context).Assembly, static (name, assembly, path) =>
            new[] { name, $"lib{name}.so", $"lib{name}.so.1", $"{name}.1", $"{name}.so.1" }
                .Select(candidate => NativeLibrary.TryLoad(candidate, assembly, path, out var handle) ? handle : 0)
                .FirstOrDefault(handle => handle != 0));
        DeviceMath.Register();
    }

    /// <summary>Registers the drivers and the replacements of functions with ILGPU, before its first context.</summary>
    public static void Prepare()
    {
        // Done by the static constructor.
    }

    /// <summary>The first device of a kind, or of the best kind that there is, having computed something on it; one of <paramref name="opened"/> where it is among them.</summary>
    /// <exception cref="GpuException">There is none.</exception>
    public static GpuBackend Open(string? kind, IEnumerable<GpuBackend>? opened = null)
    {
        if (kind is not null && !Kinds.Contains(kind))
        {
            throw new ArgumentException($"Device.Gpu: expected \"cuda\", \"opencl\" or \"cpu\", got \"{kind}\".", nameof(kind));
        }

        var missing = new List<string>();
        foreach (var candidate in kind is null ? Kinds[..2] : [kind])
        {
            if (opened?.FirstOrDefault(open => open.Name == candidate) is { } known)
            {
                return known;
            }

            if (TryOpen(candidate, out var reason) is { } backend)
            {
                return backend;
            }

            missing.Add(reason);
        }

        throw new GpuException(
            $"Device.Gpu: no GPU was found: {string.Join("; ", missing)}. For CUDA install or update NVIDIA's driver; for OpenCL the driver of the "
            + "graphics card, or PoCL (package pocl-opencl-icd), which runs the kernels on the processor. Device.Cpu needs neither.");
    }

    private static GpuBackend? TryOpen(string kind, out string missing)
    {
        Context? context = null;
        try
        {
            context = Context.Create(builder => _ = kind switch
            {
                "cuda" => builder.Optimize(OptimizationLevel.O2).Cuda(),
                "opencl" => builder.Optimize(OptimizationLevel.O2).OpenCL(device =>
                {
                    AllowGenericAddressSpace(device.Capabilities, true);
                    return true;
                }),
                _ => builder.Optimize(OptimizationLevel.O2).CPU(new CPUDevice(4, 4, 1)),
            });
            var device = context.Devices.FirstOrDefault(device => kind == "cpu" || device is not CPUDevice);
            missing = $"{kind}: no device";
            if (device is not null)
            {
                var backend = new GpuBackend(device.CreateAccelerator(context));
                backend.Try();
                return backend;
            }
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // Drivers that are absent, too old or broken fail in many ways.
            missing = $"{kind}: {error.GetBaseException().Message.TrimEnd('.')}";
        }

        context?.Dispose();
        return null;
    }

    // ILGPU refuses an OpenCL device without a generic address space, which these kernels don't use.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_GenericAddressSpace")]
    private static extern void AllowGenericAddressSpace(CLCapabilityContext capabilities, bool value);
}
