using DeepNotes.Cli.Benchmarks;
using DeepNotes.Cli.Commands;

namespace DeepNotes.Cli.Tests.Benchmarks;

public sealed class WorkloadsTests
{
    private static readonly string[] Gemm = ["gemm 64", "gemm 128", "gemm 256", "gemm 512", "gemm 1024", "gemm 2048"];

    public static TheoryData<string[], string[]> Selections => new()
    {
        { [], [.. Gemm, "mlp", "mlp-adam", "tiny-mlp", "lenet", "mini-vgg", "resnet20", "lstm", "conv"] },
        { ["gemm"], Gemm },
        { ["conv", "gemm 64", "conv"], ["gemm 64", "conv"] },
        { ["mlp"], ["mlp"] },
    };

    [Theory]
    [MemberData(nameof(Selections))]
    public void Names_select_rows_in_the_order_of_the_table(string[] names, string[] expected) =>
        Assert.Equal(expected, BenchCommand.Select(Workloads.All, workload => workload.Name, names).Select(workload => workload.Name));

    [Fact]
    public void The_comparison_has_the_same_rows()
    {
        var comparison = File.ReadAllText(Path.Combine(
            Workspace.Find(AppContext.BaseDirectory).Root, "benchmarks", "compare", "run"));

        Assert.All(Workloads.All, workload => Assert.Contains($"\"{workload.Name}\": ", comparison));
    }
}
