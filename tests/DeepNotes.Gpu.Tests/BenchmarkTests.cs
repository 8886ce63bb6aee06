using System.Text.Json.Nodes;
using DeepNotes.Backends;
using DeepNotes.Backends.Plain;
using DeepNotes.Benchmarks.Gpu;
using DeepNotes.Benchmarks.Gpu.Checks;
using DeepNotes.Benchmarks.Gpu.Training;
using DeepNotes.Functions;
using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Gpu;

/// <summary>The program that checks and times the backend on a machine with a GPU, here at small sizes.</summary>
public sealed class BenchmarkTests
{
    [GpuFact]
    public void The_test_device_passes_and_every_row_is_in_the_tables_and_in_the_json()
    {
        var file = Path.GetTempFileName();
        var (exitCode, output, error) = Run(["--small", "--json", file], Devices.Gpu);
        var json = JsonNode.Parse(File.ReadAllText(file))!;
        File.Delete(file);

        Assert.True(exitCode == 0, output);
        Assert.True((bool)json["isRight"]!);
        Assert.Equal(TrainedModel.All.Select(model => model.Name), Names("trainings", "name"));
        Assert.Subset(Names("timings", "name").ToHashSet(), new HashSet<string> { "copy", "copy by the driver", "map ReLU", "sum of all", "fp32 product 131", "gemm 64", "lstm, batch 2", "conv, batch 2" });
        Assert.All(json["timings"]!.AsArray(), row => Assert.True((double)row!["milliseconds"]! > 0 && (double)row["shareOfRoof"]! > 0));
        Assert.All(json["timings"]!.AsArray().Where(row => ((string)row!["name"]!).EndsWith("beside the CPU", StringComparison.Ordinal)), row => Assert.True((double)row!["timesCpu"]! > 0));
        Assert.True((double)json["roofline"]!["fmaTflops"]! > 0);
        Assert.Equal(3, json["goals"]!.AsArray().Count(goal => goal!["isReached"] is not null));
        Assert.All(Names("checks", "operation").Concat(Names("timings", "name")).Concat(Names("goals", "name")), name => Assert.Contains($"| {name} ", output, StringComparison.Ordinal));
        Assert.Contains("train resnet20", error, StringComparison.Ordinal);

        IEnumerable<string> Names(string part, string field) => json[part]!.AsArray().Select(row => (string)row![field]!);
    }

    [Fact]
    public void One_wrong_element_of_products_fails_the_run()
    {
        var (exitCode, output, _) = Run(["--small", "--only", "checks"], new Device(new OneElementOff()));

        Assert.Equal(1, exitCode);
        Assert.Contains("- wrong: MatrixProduct, ", output, StringComparison.Ordinal);
        Assert.Single(output.Split('\n').Where(line => line.StartsWith("- wrong", StringComparison.Ordinal)).Select(line => line.Split(',')[0]).Distinct());
    }

    [Fact]
    public void One_wrong_element_of_products_fails_a_training()
    {
        var row = TrainingRow.Of(TrainedModel.All[0], new Device(new OneElementOff()), steps: 3);

        Assert.False(row.IsRight);
    }

    [Fact]
    public void Checks_pass_on_the_reference_and_cover_every_operation_and_function()
    {
        var rows = KernelChecks.Run(KernelChecks.All(Sizes.Small), Device.Plain, _ => { });

        Assert.All(rows, row => Assert.True(row.IsRight, $"{row}"));
        Assert.Equal(
            typeof(IBackend).GetMethods().Where(method => !method.IsSpecialName).Select(method => method.Name).Order(), rows.Select(row => row.Operation).Distinct().Order());
        foreach (var (kind, operation) in new[] { (typeof(IUnaryOp), "Map"), (typeof(IBinaryOp), "Zip"), (typeof(IReduceOp), "Reduce"), (typeof(IUpdateOp), "Update") })
        {
            var functions = kind.Assembly.GetExportedTypes().Where(type => type.IsValueType && type.IsAssignableTo(kind));
            Assert.All(functions, function => Assert.Contains(rows, row => row.Operation == operation && row.Case.Split(' ', ',')[0] == function.Name));
        }
    }

    [Theory]
    [InlineData(new float[] { 1, 2 }, new float[] { 1, 4 }, 0.5)]
    [InlineData(new[] { float.NaN, float.PositiveInfinity, 3 }, new[] { float.NaN, float.PositiveInfinity, 3 }, 0)]
    [InlineData(new[] { float.NaN, 2 }, new float[] { 1, 2 }, double.PositiveInfinity)]
    [InlineData(new float[] { 1, 2 }, new[] { 1, float.NegativeInfinity }, double.PositiveInfinity)]
    [InlineData(new float[] { 1e-9f }, new float[] { 0 }, double.PositiveInfinity)]
    [InlineData(new float[] { 1 }, new float[] { 1, 2 }, double.PositiveInfinity)]
    public void The_worst_error_is_relative_to_the_largest_value(float[] actual, float[] expected, double error) =>
        Assert.Equal(error, KernelCheck.WorstError(actual, expected), 6);

    [Theory]
    [InlineData(2, "vulkan", "--device", "vulkan")]
    [InlineData(2, "times", "--only", "times")]
    [InlineData(2, "--fast", "--fast")]
    [InlineData(0, "", "--help")]
    public void Invalid_arguments_of_the_program_are_named(int expected, string named, params string[] arguments)
    {
        var (exitCode, _, error) = Run(arguments, null);

        Assert.Equal(expected, exitCode);
        Assert.Contains(named, error, StringComparison.Ordinal);
    }

    [NoCudaFact]
    public void Without_the_device_the_message_says_what_to_install()
    {
        var (exitCode, output, error) = Run(["--small", "--device", "cuda"], null);

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains("NVIDIA's driver", error, StringComparison.Ordinal);
    }

    private static (int ExitCode, string Output, string Error) Run(string[] arguments, Device? device)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        return (CommandLine.Run(arguments, output, error, device), output.ToString(), error.ToString());
    }

    private sealed class OneElementOff : PlainBackend, IBackend
    {
        void IBackend.MatrixProduct(MatrixView a, MatrixView b, DeviceBuffer c, int count, int m, int k, int n, DeviceBuffer? bias)
        {
            MatrixProduct(a, b, c, count, m, k, n, bias);
            var values = new float[c.Length];
            Download(c, values);
            values[^1] *= 2;
            Upload(values, c);
        }
    }
}
