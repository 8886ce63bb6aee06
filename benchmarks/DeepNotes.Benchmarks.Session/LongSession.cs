using System.Diagnostics;
using System.Globalization;
using DeepNotes.Notebooks.Execution;

namespace DeepNotes.Benchmarks.Session;

/// <summary>Runs small cells of every kind in one session, and measures the memory of its process and the time per cell.</summary>
internal sealed class LongSession : IAsyncDisposable
{
    private const int Recent = 50;
    private const double Megabyte = 1 << 20;

    private readonly SessionProcess _session;
    private readonly bool _withCompletions;
    private readonly List<double> _cells = [];
    private readonly List<double> _completions = [];
    private int _count;

    private LongSession(SessionProcess session, bool withCompletions)
    {
        _session = session;
        _withCompletions = withCompletions;
    }

    /// <param name="withCompletions">Whether completions are requested before each cell, as an editor does.</param>
    public static async Task<LongSession> StartAsync(bool withCompletions) =>
        new(await SessionProcess.StartAsync(new SessionOptions(Environment.CurrentDirectory)), withCompletions);

    public async Task ContinueToAsync(int count)
    {
        while (_count < count)
        {
            if (_withCompletions)
            {
                _completions.Add(await TimeAsync(() => _session.CompleteAsync("Math.Sq", 7)));
            }

            var request = new CellRequest(Code(++_count), $"cell {_count}");
            _cells.Add(await TimeAsync(async () =>
            {
                var result = await _session.ExecuteAsync(request, _ => { });
                if (result.Error is not null)
                {
                    throw new InvalidOperationException($"{request.Code}: {result.Error.Message}");
                }
            }));
        }
    }

    /// <summary>Returns the memory after a full garbage collection, and median times over the last cells.</summary>
    public async Task<Row> MeasureAsync()
    {
        var live = await _session.EvaluateAsync("GC.GetTotalMemory(forceFullCollection: true)", null);
        using var process = Process.GetProcessById(_session.ProcessId);
        return new Row(
            process.WorkingSet64 / Megabyte,
            long.Parse(live!, CultureInfo.InvariantCulture) / Megabyte,
            Median(_cells),
            _withCompletions ? Median(_completions) : 0);
    }

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    // Values, functions, types, queries, awaits and text that refer to declarations of earlier cells.
    private static string Code(int cell) => (cell % 10) switch
    {
        1 => $"var number = {cell}; number",
        2 => $"int Sum{cell}(int n) {{ var sum = 0; for (var i = 0; i < n; i++) sum += i; return sum; }} Sum{cell}(3)",
        3 => $"record Point{cell}(int X, int Y); new Point{cell}(number, {cell})",
        4 => "number++; number",
        5 => $"var evens{cell} = Enumerable.Range(0, 10).Select(x => x * number).Where(x => x % 2 == 0).ToArray(); evens{cell}.Length",
        6 => $"Console.WriteLine(Sum{cell - 4}(number % 10));",
        7 => "await Task.Yield(); number",
        8 => $"using System.Globalization; new Point{cell - 5}(1, 2).X",
        9 => "$\"{Math.Sqrt(number):F3}\"",
        _ => $"double root{cell} = Math.Sqrt({cell}); display(root{cell});",
    };

    private static async Task<double> TimeAsync(Func<Task> action)
    {
        var watch = Stopwatch.StartNew();
        await action();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static double Median(List<double> times)
    {
        var recent = times.TakeLast(Recent).Order().ToArray();
        return recent[recent.Length / 2];
    }

    internal sealed record Row(double ResidentMegabytes, double LiveMegabytes, double CellMilliseconds, double CompletionMilliseconds);
}
