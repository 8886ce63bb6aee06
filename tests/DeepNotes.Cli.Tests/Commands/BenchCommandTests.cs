using System.Text.Json;
using DeepNotes.Cli.Tests.Support;

namespace DeepNotes.Cli.Tests.Commands;

public sealed class BenchCommandTests : IDisposable
{
    private readonly TestRepository _repository = new();

    [Fact]
    public async Task Json_is_one_array_of_figures_and_nothing_else()
    {
        var (code, output, _) = await _repository.RunAsync("bench", "gemm 64", "--json", "--seconds", "0.01");

        Assert.Equal(0, code);
        var row = Assert.Single(JsonDocument.Parse(output).RootElement.EnumerateArray());
        Assert.Equal(["name", "milliseconds", "gflops", "shareOfPeak"], row.EnumerateObject().Select(field => field.Name));
        Assert.Equal("gemm 64", row.GetProperty("name").GetString());
        var milliseconds = row.GetProperty("milliseconds").GetDouble();
        Assert.True(milliseconds > 0);
        Assert.Equal(2e-6 * 64 * 64 * 64 / milliseconds, row.GetProperty("gflops").GetDouble(), tolerance: 1e-6);
        Assert.True(row.GetProperty("shareOfPeak").GetDouble() > 0);
    }

    [Fact]
    public async Task Without_json_there_is_a_table_of_the_rows()
    {
        var (code, output, _) = await _repository.RunAsync("bench", "tiny-mlp", "--seconds", "0.01");

        Assert.Equal(0, code);
        Assert.Matches(@"Milliseconds +GFLOP/s +Share of FMA peak", output);
        Assert.Matches(@"tiny-mlp +\d+\.\d+ +\d+\.\d+ +\d+\.\d+%", output);
    }

    [Theory]
    [InlineData("mlp", 3L * 128 * (784 * 256 + 256 * 10), 784 * 256 + 256 + 2560 + 10)]
    [InlineData("tiny-mlp", 3L * 128 * (2 * 32 + 32 * 32 + 32 * 10), 96 + 1056 + 330)]
    public async Task Check_counts_what_a_row_trains_and_its_loss_falls(string name, long multiplyAccumulates, long parameters)
    {
        var (code, output, _) = await _repository.RunAsync("bench", name, "--check", "--json");

        Assert.Equal(0, code);
        var row = Assert.Single(JsonDocument.Parse(output).RootElement.EnumerateArray());
        Assert.Equal(multiplyAccumulates, row.GetProperty("multiplyAccumulates").GetInt64());
        Assert.Equal(parameters, row.GetProperty("parameters").GetInt64());
        Assert.True(row.GetProperty("lastLoss").GetSingle() < row.GetProperty("firstLoss").GetSingle());
    }

    public void Dispose() => _repository.Dispose();
}
