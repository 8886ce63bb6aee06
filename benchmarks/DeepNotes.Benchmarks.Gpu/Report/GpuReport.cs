using System.Text.Json;
using System.Text.Json.Serialization;
using DeepNotes.Benchmarks.Gpu.Checks;
using DeepNotes.Benchmarks.Gpu.Timings;
using DeepNotes.Benchmarks.Gpu.Training;

namespace DeepNotes.Benchmarks.Gpu.Report;

/// <summary>All that one run has found; parts that were not asked for are empty.</summary>
/// <param name="Machine">What it depends on.</param>
/// <param name="Sizes">"full" or "small".</param>
/// <param name="Seconds">Of the whole run.</param>
/// <param name="IsRight">Whether every check and every training is.</param>
/// <param name="Checks">Every operation against the CPU.</param>
/// <param name="Trainings">Every model's losses against the CPU's.</param>
/// <param name="Roofline">What the device can do at most.</param>
/// <param name="Timings">What the rows take.</param>
/// <param name="Goals">The figures that are looked for.</param>
internal sealed record GpuReport(
    ReportMachine Machine, string Sizes, double Seconds, bool IsRight, IReadOnlyList<CheckRow> Checks, IReadOnlyList<TrainingRow> Trainings,
    Roofline? Roofline, IReadOnlyList<TimingRow> Timings, IReadOnlyList<Goal> Goals)
{
    public string ToJson() => JsonSerializer.Serialize(this, ReportJson.Default.GpuReport).ReplaceLineEndings("\n") + "\n";
}

/// <summary>Where and when a run was.</summary>
/// <param name="Date">The day, in UTC.</param>
/// <param name="Device">What it ran on, in words.</param>
/// <param name="Card">What the driver says of it; null for a device that is no GPU.</param>
/// <param name="Processor">As the system tells it.</param>
/// <param name="Threads">On which the CPU backend computes.</param>
/// <param name="CpuGflops">Multiply-adds that these threads do at most.</param>
/// <param name="Runtime">Of .NET.</param>
internal sealed record ReportMachine(string Date, string Device, Card? Card, string Processor, int Threads, double CpuGflops, string Runtime);

// Written ahead: a trimmed program has no reflection over its own types.
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(GpuReport))]
internal sealed partial class ReportJson : JsonSerializerContext;
