using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>The cells executed since the kernel started (history_request).</summary>
internal sealed class History
{
    private const int Session = 1;
    private const int MaxEntries = 10_000;

    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];

    public void Add(int count, string input, string? output)
    {
        lock (_gate)
        {
            _entries.Add(new Entry(count, input, output));
            if (_entries.Count > MaxEntries)
            {
                _entries.RemoveAt(0);
            }
        }
    }

    public JsonObject Content(JsonObject request)
    {
        var withOutput = request.Flag("output");
        var content = Reply.Ok();
        lock (_gate)
        {
            content["history"] = new JsonArray([.. Select(request).Select(entry => entry.ToJson(withOutput))]);
        }

        return content;
    }

    private IEnumerable<Entry> Select(JsonObject request) => request.Text("hist_access_type") switch
    {
        "range" => request.Number("session") is null or 0 or Session
            ? _entries.Where(entry => entry.Count >= (request.Number("start") ?? 0) && entry.Count < (request.Number("stop") ?? int.MaxValue))
            : [],
        "search" => Search(Glob(request.Text("pattern", "*")), request.Flag("unique")).TakeLast(request.Number("n") ?? MaxEntries),
        _ => _entries.TakeLast(request.Number("n") ?? MaxEntries),
    };

    // Of equal inputs, the last one is kept.
    private IEnumerable<Entry> Search(Regex pattern, bool unique)
    {
        var found = _entries.Where(entry => pattern.IsMatch(entry.Input));
        return unique ? found.Reverse().DistinctBy(entry => entry.Input).Reverse() : found;
    }

    // NonBacktracking guarantees linear time for any pattern.
    private static Regex Glob(string pattern) => new(
        $"^{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal)}$",
        RegexOptions.Singleline | RegexOptions.NonBacktracking);

    private sealed record Entry(int Count, string Input, string? Output)
    {
        public JsonArray ToJson(bool withOutput) =>
            [Session, Count, withOutput ? new JsonArray(Input, Output) : JsonValue.Create(Input)];
    }
}
