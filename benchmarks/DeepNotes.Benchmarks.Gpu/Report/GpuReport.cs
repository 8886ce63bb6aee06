using System.Text.Json;
using System.Text.Json.Serialization;
using DeepNotes.Benchmarks.Gpu.Checks;
using DeepNotes.Benchmarks.Gpu.Timings;
using DeepNotes.Benchmarks.Gpu.Training;

namespace DeepNotes.Benchmarks.Gpu.Report;

/// <summary>The results of one run; parts that were not requested are empty.</summary>
/// <param name="Machine">The machine and the runtime.</param>
/// <param name="Sizes">"full" or "small".</param>
/// <param name="Seconds">The duration of the run in seconds.</param>
/// <param name="IsRight">Whether every check and every training passed.</param>
/// <param name="Checks">The checks of every operation against the CPU.</param>
/// <param name="Trainings">The losses of every model against those on the CPU.</param>
/// <param name="Roofline">The peak rates of the device.</param>
/// <param name="Timings">The timings.</param>
/// <param name="Goals">The figures compared with a goal.</param>
internal sealed record GpuReport(
    ReportMachine Machine, string Sizes, double Seconds, bool IsRight, IReadOnlyList<CheckRow> Checks, IReadOnlyList<TrainingRow> Trainings,
    Roofline? Roofline, IReadOnlyList<TimingRow> Timings, IReadOnlyList<Goal> Goals)
{
    public string ToJson() => JsonSerializer.Serialize(this, ReportJson.Default.GpuReport).ReplaceLineEndings("\n") + "\n";
}

/// <summary>The machine, the runtime and the date of a run.</summary>
/// <param name="Date">The day, in UTC.</param>
/// <param name="Device">A description of the device.</param>
/// <param name="Card">The properties of the GPU; null for other devices.</param>
/// <param name="Processor">The processor as reported by the operating system.</param>
/// <param name="Threads">The number of threads of the CPU backend.</param>
/// <param name="CpuGflops">The peak rate of multiply-adds on these threads, in GFLOP/s.</param>
/// <param name="Runtime">The version of .NET.</param>
internal sealed record ReportMachine(string Date, string Device, Card? Card, string Processor, int Threads, double CpuGflops, string Runtime);

// Source-generated: reflection-based serialization does not work in a trimmed program.
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(GpuReport))]
internal sealed partial class ReportJson : JsonSerializerContext;
