using System.CommandLine;
using System.CommandLine.Invocation;
using System.Diagnostics;
using DeepNotes.Backends;
using DeepNotes.Benchmarks.Gpu.Report;

namespace DeepNotes.Benchmarks.Gpu;

/// <summary>The way from arguments to an exit code: 0 good, 1 something is wrong or there is no device, 2 usage.</summary>
internal static class CommandLine
{
    private const int Good = 0;
    private const int Failed = 1;
    private const int Usage = 2;

    private static readonly string[] _kinds = ["cuda", "opencl", "cpu"];

    /// <param name="arguments">As the system gives them.</param>
    /// <param name="output">For the tables, and for the JSON without a file.</param>
    /// <param name="error">For what is done next, and what fails.</param>
    /// <param name="device">In the place of the one that the arguments choose.</param>
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
        var kind = new Option<string?>("--device") { HelpName = "cuda|opencl|cpu", Description = "Which device; cpu is ILGPU's emulation, for small sizes. Default: CUDA's, else OpenCL's." };
        kind.AcceptOnlyFromAmong(_kinds);
        var small = new Option<bool>("--small") { Description = "Sizes such as a processor does in seconds (PoCL, tests): the times say nothing then." };
        var json = new Option<FileInfo?>("--json") { HelpName = "PATH", Description = "Where the JSON goes. Default: standard output, behind the tables." };
        var only = new Option<Parts>("--only") { HelpName = "checks|training|timings", Description = "One part. Default: all three.", DefaultValueFactory = _ => Parts.All };
        only.AcceptOnlyFromAmong("checks", "training", "timings");
        var root = new RootCommand(
            "Checks every operation of the GPU backend against the CPU, trains every model beside the CPU, times products, trainings and memory beside a roofline, "
            + "and prints tables and JSON. Exit code 1 where anything is wrong.") { kind, small, json, only };
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
