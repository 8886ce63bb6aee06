using System.Globalization;
using DeepNotes.Benchmarks.Session;

// Memory and time of a session that runs many cells:
//   dotnet run -c Release --project benchmarks/DeepNotes.Benchmarks.Session [-- CELLS]
const int Default = 1000;
int[] reported = [10, 30, 100, 300, 1000, 3000, 10_000];

var cells = Default;
if (args.Length > 1 || (args.Length == 1 && !(int.TryParse(args[0], NumberStyles.None, CultureInfo.InvariantCulture, out cells) && cells > 0)))
{
    Console.Error.WriteLine($"benchmarks: \"{string.Join(' ', args)}\": expected at most one argument, the number of cells (default {Default}).");
    return 2;
}

Console.WriteLine("""
    | completions | cells | resident MB | live managed MB | ms per cell | ms per completion |
    |---|---:|---:|---:|---:|---:|
    """);
foreach (var withCompletions in (bool[])[false, true])
{
    await using var session = await LongSession.StartAsync(withCompletions);
    foreach (var count in reported.Where(count => count < cells).Append(cells))
    {
        await session.ContinueToAsync(count);
        var row = await session.MeasureAsync();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {(withCompletions ? "each cell" : "none")} | {count} | {row.ResidentMegabytes:F0} | {row.LiveMegabytes:F0} | {row.CellMilliseconds:F1} | {(withCompletions ? $"{row.CompletionMilliseconds:F1}" : "")} |"));
    }
}

return 0;
