using System.Reflection;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;

namespace DeepNotes.Backends.Gpu;

/// <summary>Compiles a kernel for a CUDA device that need not be there, in a context of its own: whether it can be compiled at all.</summary>
internal static class TrialCompilation
{
    /// <returns>The assembler text.</returns>
    /// <exception cref="Exception">It can't.</exception>
    public static string Run(MethodInfo kernel)
    {
        Accelerators.Prepare();
        using var context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2));
        using var backend = new PTXBackend(context, new CudaArchitecture(8, 0), new CudaInstructionSet(7, 0), null!);
        return ((PTXCompiledKernel)backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(kernel), default)).PTXAssembly;
    }
}
