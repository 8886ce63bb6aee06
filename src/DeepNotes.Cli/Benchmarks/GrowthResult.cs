using System.Text.Json;
using System.Text.RegularExpressions;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Cli.Benchmarks;

/// <summary>Rows with the machine and the day that they belong to, kept as a chart and as data.</summary>
internal sealed partial record GrowthResult(Machine Machine, IReadOnlyList<GrowthRow> Rows)
{
    /// <summary>Writes <c>DATE-PROCESSOR-CORES-growth.svg</c> and <c>.json</c>, named as the comparison's results are.</summary>
    /// <returns>The files.</returns>
    public IReadOnlyList<string> Save(string folder)
    {
        var name = Others().Replace($"{Machine.Date} {Machine.Processor} {Machine.Cores} growth".ToLowerInvariant(), "-");
        var (svg, json) = (Path.Combine(folder, name + ".svg"), Path.Combine(folder, name + ".json"));
        AtomicFile.WriteAllText(svg, GrowthChart.Of(Rows, $"{Machine.Processor}, {Machine.Isa}, {Machine.Date}.").ToSvg());
        AtomicFile.WriteAllText(json, JsonSerializer.Serialize(this, BenchReport.Json).ReplaceLineEndings("\n") + "\n");
        return [svg, json];
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Others();
}
