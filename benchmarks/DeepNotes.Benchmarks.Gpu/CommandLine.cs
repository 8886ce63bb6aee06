using System.CommandLine;
using System.CommandLine.Invocation;
using System.Diagnostics;
using DeepNotes.Backends;
using DeepNotes.Benchmarks.Gpu.Report;

namespace DeepNotes.Benchmarks.Gpu;

/// <summary>Runs the program and returns its exit code: 0 for success, 1 for a failed check or a missing device, 2 for invalid arguments.</summary>
internal static class CommandLine
{
    private const int Good = 0;
    private const int Failed = 1;
    private const int Usage = 2;

    private static readonly string[] _kinds = ["cuda", "opencl", "cpu"];

    /// <param name="arguments">The command-line arguments.</param>
    /// <param name="output">Receives the tables, and the JSON if no file is named.</param>
    /// <param name="error">Receives progress and errors.</param>
    /// <param name="device">Overrides the device named by the arguments.</param>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error, Device? device = null)
    {
        var parsed = Create(output, error, device).Parse(arguments);
        var invocation = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false };
        if (parsed.Action is not ParseErrorAction)
        {
            return parsed.Invoke(invocation);
        }

        foreach (var mistake in parsed.Errors)
        {
            error.WriteLine(mistake.Message);
        }

        error.WriteLine("See --help.");
        return Usage;
    }

    private static RootCommand Create(TextWriter output, TextWriter error, Device? given)
    {
        var kind = new Option<string?>("--device") { HelpName = "cuda|opencl|cpu", Description = "The device; cpu is ILGPU's emulator, for small sizes. Default: CUDA, else OpenCL." };
        kind.AcceptOnlyFromAmong(_kinds);
        var small = new Option<bool>("--small") { Description = "Small sizes, which a CPU computes in seconds (PoCL, tests); the timings are not meaningful." };
        var json = new Option<FileInfo?>("--json") { HelpName = "PATH", Description = "The file for the JSON. Default: standard output, after the tables." };
        var only = new Option<Parts>("--only") { HelpName = "checks|training|timings", Description = "Run one part. Default: all three.", DefaultValueFactory = _ => Parts.All };
        only.AcceptOnlyFromAmong("checks", "training", "timings");
        var root = new RootCommand(
            "Checks every operation of the GPU backend against the CPU, trains every model on both, times products, trainings and memory bandwidth against a roofline, "
            + "and prints tables and JSON. Exit code 1 if a check fails.") { kind, small, json, only };
        root.SetAction(result =>
        {
            var start = Stopwatch.GetTimestamp();
            void Report(string line) => error.WriteLine($"{Stopwatch.GetElapsedTime(start).TotalSeconds,6:0.0} s  {line}");
            try
            {
                var report = new GpuBenchmark(
                    given ?? Device.Gpu(result.GetValue(kind)), result.GetValue(small) ? Sizes.Small : Sizes.Full, result.GetValue(only), Report).Run();
                Write(report, result.GetValue(json), output);
                return report.IsRight ? Good : Failed;
            }
            catch (Exception failure) when (failure is GpuException or IOException or UnauthorizedAccessException)
            {
                error.WriteLine(failure.Message);
                return Failed;
            }
        });
        return root;
    }

    private static void Write(GpuReport report, FileInfo? json, TextWriter output)
    {
        output.WriteLine(ReportTables.Of(report));
        if (json is null)
        {
            output.WriteLine(report.ToJson());
        }
        else
        {
            File.WriteAllText(json.FullName, report.ToJson());
        }
    }
}
