using System.Diagnostics;
using System.Text.Json;
using DeepNotes.Backends.Cpu;
using DeepNotes.Cli.Tests.Support;

namespace DeepNotes.Cli.Tests.Commands;

// Not in parallel: --growth changes the number of threads of this process, which other tests record in fingerprints.
[CollectionDefinition(nameof(BenchCommandTests), DisableParallelization = true)]
[Collection(nameof(BenchCommandTests))]
public sealed class BenchCommandTests : IDisposable
{
    private readonly TestRepository _repository = new();

    [Fact]
    public async Task Json_output_is_a_single_array()
    {
        var (code, output, _) = await _repository.RunAsync("bench", "gemm 64", "--json", "--seconds", "0.01", "--warm-up", "0.01");

        Assert.Equal(0, code);
        var row = Assert.Single(JsonDocument.Parse(output).RootElement.EnumerateArray());
        Assert.Equal(["name", "milliseconds", "gflops", "shareOfPeak", "coreToCore"], row.EnumerateObject().Select(field => field.Name));
        Assert.Equal("gemm 64", row.GetProperty("name").GetString());
        var milliseconds = row.GetProperty("milliseconds").GetDouble();
        Assert.True(milliseconds > 0);
        Assert.Equal(2e-6 * 64 * 64 * 64 / milliseconds, row.GetProperty("gflops").GetDouble(), tolerance: 1e-6);
        Assert.True(row.GetProperty("shareOfPeak").GetDouble() > 0);
        Assert.Equal(CpuThreads.Count > 1, row.GetProperty("coreToCore").GetDouble() > 0);
    }

    [Fact]
    public async Task Without_json_the_output_is_a_table()
    {
        var (code, output, _) = await _repository.RunAsync("bench", "tiny-mlp", "--seconds", "0.01", "--warm-up", "0.01");

        Assert.Equal(0, code);
        Assert.Matches(@"Milliseconds +GFLOP/s +Share of FMA peak", output);
        Assert.Matches(@"tiny-mlp +\d+\.\d+ +\d+\.\d+ +\d+\.\d+%", output);
    }

    [Theory]
    [InlineData("mlp", 128L * (2 * 784 * 256 + 3 * 256 * 10), 784 * 256 + 256 + 2560 + 10)]
    [InlineData("tiny-mlp", 128L * (2 * 2 * 32 + 3 * 32 * 32 + 3 * 32 * 10), 96 + 1056 + 330)]
    public async Task Check_reports_multiply_accumulates_parameters_and_a_falling_loss(string name, long multiplyAccumulates, long parameters)
    {
        var (code, output, _) = await _repository.RunAsync("bench", name, "--check", "--json");

        Assert.Equal(0, code);
        var row = Assert.Single(JsonDocument.Parse(output).RootElement.EnumerateArray());
        Assert.Equal(multiplyAccumulates, row.GetProperty("multiplyAccumulates").GetInt64());
        Assert.Equal(parameters, row.GetProperty("parameters").GetInt64());
        Assert.True(row.GetProperty("lastLoss").GetSingle() < row.GetProperty("firstLoss").GetSingle());
        Assert.InRange(row.GetProperty("allocatedBytes").GetInt64(), 1, 64 * 1024);
    }

    // In its own process, because collections are counted per process, and with a generation 0 of a megabyte, which fills
    // ten times in a thousand steps.
    [Fact]
    public async Task A_thousand_steps_after_warm_up_cause_no_collection_of_an_older_generation()
    {
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "deepnotes.dll"), "bench", "tiny-mlp", "mlp-adam", "--check", "--steps", "1000", "--json"])
        {
            WorkingDirectory = _repository.Root,
            RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_GCgen0size"] = "100000";
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(0, process.ExitCode);
        Assert.Equal([("mlp-adam", 0), ("tiny-mlp", 0)], JsonDocument.Parse(output).RootElement.EnumerateArray()
            .Select(row => (row.GetProperty("name").GetString()!, row.GetProperty("olderCollections").GetInt32())));
    }

    [Fact]
    public async Task Steps_without_check_are_rejected()
    {
        var (code, _, error) = await _repository.RunAsync("bench", "mlp", "--steps", "30");

        Assert.Equal(2, code);
        Assert.Contains("--steps requires --check", error);
    }

    [Fact]
    public async Task Growth_measures_one_and_all_threads_and_saves_a_chart_and_its_data()
    {
        var (code, output, error) = await _repository.RunAsync(
            "bench", "--growth", "mlp batch", "--json", "--seconds", "0.001", "--warm-up", "0.001", "--to", "charts");

        Assert.Equal(0, code);
        var rows = JsonDocument.Parse(output).RootElement.EnumerateArray().ToList();
        Assert.Equal(
            from size in new[] { 1, 2, 4, 8, 16, 32, 33, 64, 100, 128, 256, 512 }
            from threads in new[] { 1, CpuThreads.Count }.Distinct()
            select ("mlp batch", size, threads),
            rows.Select(row => (row.GetProperty("name").GetString()!, row.GetProperty("size").GetInt32(), row.GetProperty("threads").GetInt32())));
        Assert.All(rows, row => Assert.Equal(
            row.GetProperty("size").GetInt32() * (2.0 * 784 * 256 + 3 * 256 * 256 + 3 * 256 * 10), row.GetProperty("multiplyAccumulates").GetDouble()));
        Assert.All(rows, row => Assert.True(row.GetProperty("milliseconds").GetDouble() > 0));

        var data = JsonDocument.Parse(await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(_repository.In("charts"), "*-growth.json"))));
        Assert.Equal(Environment.ProcessorCount, data.RootElement.GetProperty("machine").GetProperty("cores").GetInt32());
        Assert.Equal(rows.Count, data.RootElement.GetProperty("rows").GetArrayLength());
        var chart = Assert.Single(Directory.GetFiles(_repository.In("charts"), "*-growth.svg"));
        Assert.Contains("time of a step (ms)", await File.ReadAllTextAsync(chart));
        Assert.Contains($"saved {Path.Combine("charts", Path.GetFileName(chart))}", error);
    }

    [Fact]
    public async Task Growth_without_json_prints_a_table()
    {
        var (code, output, _) = await _repository.RunAsync("bench", "--growth", "mlp batch", "--seconds", "0.001", "--warm-up", "0.001");

        Assert.Equal(0, code);
        Assert.Matches(@"Size +Threads +Milliseconds +GFLOP/s +Speed-up over 1 thread", output);
        Assert.Matches(@"mlp batch +33 +1 +[\d.]+ +[\d.]+ +1\.00", output);
        Assert.NotEmpty(Directory.GetFiles(_repository.In("benchmarks", "results"), "*-growth.svg"));
    }

    [Fact]
    public async Task Against_alternates_with_the_version_in_another_clone()
    {
        var release = Directory.CreateDirectory(_repository.In("other", "artifacts", "bin", "DeepNotes.Cli"));
        Directory.CreateSymbolicLink(Path.Combine(release.FullName, "release"), AppContext.BaseDirectory);

        var (code, output, _) = await _repository.RunAsync(
            "bench", "gemm 64", "--against", "other", "--json", "--seconds", "0.01", "--warm-up", "0.01");

        Assert.Equal(0, code);
        var row = Assert.Single(JsonDocument.Parse(output).RootElement.EnumerateArray());
        Assert.Equal("gemm 64", row.GetProperty("name").GetString());
        Assert.InRange(row.GetProperty("pairs").GetInt32(), 20, int.MaxValue);
        // The same code: far from 1 only if something else was timed.
        Assert.InRange(row.GetProperty("ratio").GetDouble(), 0.2, 5);
        Assert.InRange(row.GetProperty("control").GetDouble(), 0.2, 5);
    }

    [Fact]
    public async Task Against_rejects_a_folder_without_a_build()
    {
        var (code, _, error) = await _repository.RunAsync("bench", "gemm 64", "--against", "missing");

        Assert.Equal(1, code);
        Assert.Contains("expected a clone in which ./deepnotes build has run", error);
    }

    public void Dispose() => _repository.Dispose();
}
