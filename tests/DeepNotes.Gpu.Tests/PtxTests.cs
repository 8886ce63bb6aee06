using System.Reflection;
using DeepNotes.Backends;
using DeepNotes.Backends.Gpu;
using DeepNotes.Functions;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace DeepNotes.Tests.Gpu;

/// <summary>
/// The PTX generated for CUDA, which needs no driver. Successful compilation is not enough: generated code has contained comparisons
/// that gave the float 1.4e-45, and approximate functions with eleven bits of precision.
/// </summary>
public sealed class PtxTests
{
    private static readonly string[] Imprecise = ["tanh.approx", "ex2.approx", "lg2.approx", "sin.approx", "rsqrt.approx", "sqrt.approx", "div.approx", "div.full", "rcp.approx"];

    public static TheoryData<string> Names => [.. Kernels().Select(kernel => kernel.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Kernels_compile_to_exact_arithmetic(string name)
    {
        var text = Ptx(Kernels().Single(kernel => kernel.Name == name).Method);

        Assert.DoesNotContain("0f00000001", text, StringComparison.Ordinal);
        Assert.All(Imprecise, instruction => Assert.DoesNotContain(instruction, text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_blocked_product_stays_in_registers_and_loads_four_values_at_a_time()
    {
        var text = Ptx(typeof(BlockedProduct).GetMethod(nameof(BlockedProduct.Run))!.MakeGenericMethod(typeof(TileAlongSum), typeof(TileAlongResult), typeof(MatrixResult)));

        Assert.DoesNotContain(".local", text, StringComparison.Ordinal);

        // The driver's assembler fuses a product and the following sum into one multiply-add.
        Assert.True(Count(text, "mul.f32") >= 512, $"{Count(text, "mul.f32")} multiply-adds");
        Assert.True(Count(text, "ld.shared.v4.f32") >= 32, $"{Count(text, "ld.shared.v4.f32")} loads of four from shared memory");
        Assert.True(Count(text, "ld.global.v4.f32") >= 4, $"{Count(text, "ld.global.v4.f32")} loads of four from global memory");
    }

    private static IEnumerable<(string Name, MethodInfo Method)> Kernels() =>
    [
        .. For<IUnaryOp>(typeof(ElementwiseKernels), nameof(ElementwiseKernels.Map)), .. For<IUnaryOp>(typeof(ElementwiseKernels), nameof(ElementwiseKernels.MapGradient)),
        .. For<IBinaryOp>(typeof(ElementwiseKernels), nameof(ElementwiseKernels.Zip)), .. For<IBinaryOp>(typeof(ElementwiseKernels), nameof(ElementwiseKernels.ZipStrided)),
        .. For<IReduceOp>(typeof(ReductionKernels), nameof(ReductionKernels.Rows)), .. For<IReduceOp>(typeof(ReductionKernels), nameof(ReductionKernels.RowPieces)),
        .. For<IReduceOp>(typeof(ReductionKernels), nameof(ReductionKernels.Columns)), .. For<IUpdateOp>(typeof(ElementwiseKernels), nameof(ElementwiseKernels.Update)),
        .. For<IChannelTerm>(typeof(NormalizationKernels), nameof(NormalizationKernels.Sum)),
        .. new[] { typeof(ElementwiseKernels), typeof(WindowKernels), typeof(NormalizationKernels), typeof(SoftmaxKernels), typeof(RecurrentKernels), typeof(IndexingKernels) }
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .Where(method => !method.IsGenericMethod && method.ReturnType == typeof(void))
            .Select(method => ($"{method.DeclaringType!.Name}.{method.Name}", method)),
        Tiled(typeof(MatrixOperand), typeof(MatrixOperand), typeof(MatrixResult)),
        Tiled(typeof(MatrixOperand), typeof(PatchOperand), typeof(ImagesResult)),
        Tiled(typeof(OutputOperand), typeof(TapOperand), typeof(MatrixResult)),
        Tiled(typeof(WeightOperand), typeof(SeenByOperand), typeof(ImagesResult)),
    ];

    private static (string, MethodInfo) Tiled(Type a, Type b, Type c) => (
        $"TiledProduct<{a.Name}, {b.Name}>", typeof(TiledProduct).GetMethod(nameof(TiledProduct.Run))!.MakeGenericMethod(a, b, c, typeof(Side16)));

    private static IEnumerable<(string, MethodInfo)> For<TOp>(Type type, string kernel) => new[] { typeof(IUnaryOp).Assembly, typeof(ElementwiseKernels).Assembly }
        .SelectMany(assembly => assembly.GetTypes())
        .Where(op => op.IsValueType && !op.IsGenericType && typeof(TOp).IsAssignableFrom(op))
        .Select(op => ($"{type.Name}.{kernel}<{op.Name}>", type.GetMethod(kernel)!.MakeGenericMethod(op)));

    internal static string Ptx(MethodInfo kernel)
    {
        Accelerators.Prepare();
        using var context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2));
        using var backend = new PTXBackend(context, new CudaArchitecture(8, 0), new CudaInstructionSet(7, 0), null!);
        return ((PTXCompiledKernel)backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(kernel), default)).PTXAssembly;
    }

    private static int Count(string text, string word) => text.Split(word).Length - 1;
}
