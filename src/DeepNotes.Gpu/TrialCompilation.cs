using System.Reflection;
using System.Text.RegularExpressions;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;

namespace DeepNotes.Backends.Gpu;

/// <summary>Compiles a kernel for CUDA in a separate context, without a device, to find out whether it can be compiled.</summary>
internal static class TrialCompilation
{
    // Signs of wrong code: 1.4e-45 for the 1 of a comparison, and jumps to a label that does not exist.
    private static readonly (string Code, string Advice)[] Mistranslations =
    [
        (@"selp\.\w+\s[^;]*0f00000001", "it makes a number of a comparison's integers; write 1f : 0f instead of 1 : 0"),
        (@"brx\.idx", "it has a switch over whole numbers; write comparisons instead"),
    ];

    /// <returns>The PTX assembly.</returns>
    /// <exception cref="Exception">It cannot be compiled, or not correctly.</exception>
    public static string Run(MethodInfo kernel)
    {
        Accelerators.Prepare();
        using var context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2));
        using var backend = new PTXBackend(context, new CudaArchitecture(8, 0), new CudaInstructionSet(7, 0), null!);
        var code = ((PTXCompiledKernel)backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(kernel), default)).PTXAssembly;
        foreach (var (mistranslation, advice) in Mistranslations)
        {
            if (Regex.IsMatch(code, mistranslation))
            {
                throw new NotSupportedException(advice);
            }
        }

        return code;
    }
}
