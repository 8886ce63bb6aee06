using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Running;

/// <summary>
/// Compares a saved notebook with a new run of it. Under the same fingerprint the outputs must be byte-identical (except for
/// cells marked as timing); under a different one only the number and kinds of outputs must match.
/// </summary>
/// <param name="FingerprintChanges">The differences of the fingerprints; empty when bytes were compared.</param>
/// <param name="Differences">Empty when the notebook matches the run.</param>
public sealed record NotebookComparison(
    IReadOnlyList<string> FingerprintChanges, IReadOnlyList<NotebookDifference> Differences)
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        MaxDepth = JsonSource.MaxDepth,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Compares the saved outputs with those of the run.</summary>
    public static NotebookComparison Of(NotebookRun run)
    {
        var saved = run.Original;
        if (RunFingerprint.Of(saved) is not { } savedBy)
        {
            return new([], [new(0, "notebook", "not saved by a run", "a run's outputs: save them with `deepnotes run`")]);
        }

        // A round trip through text gives both sides the same formatting.
        var executed = NotebookDocument.Parse(run.Document.ToText(), run.Document.Path);
        var changes = savedBy.ChangesTo(RunFingerprint.Of(executed)!);
        var exact = changes.Count == 0;
        return new(changes, [.. saved.Cells.Zip(executed.Cells).SelectMany(pair => pair.First.IsCode
            ? CompareOutputs(pair.First, pair.Second, exact && !pair.First.IsTiming)
            : CompareText(pair.First, pair.Second, exact && !pair.First.IsTiming))]);
    }

    private static IEnumerable<NotebookDifference> CompareOutputs(NotebookCell saved, NotebookCell executed, bool exact)
    {
        var number = saved.Index + 1;
        var old = Outputs(saved);
        var fresh = Outputs(executed);
        if (!old.Select(Kind).SequenceEqual(fresh.Select(Kind)))
        {
            yield return new(number, "outputs", KindsOf(old), KindsOf(fresh));
        }
        else if (exact)
        {
            foreach (var (before, after) in old.Zip(fresh))
            {
                if (FirstDifference(before.ToJsonString(Readable), after.ToJsonString(Readable)) is { } lines)
                {
                    yield return new(number, Kind(before), lines.Old, lines.New);
                }
            }
        }
    }

    private static IEnumerable<NotebookDifference> CompareText(NotebookCell saved, NotebookCell executed, bool exact) =>
        exact
            ? QuotedFigures.In(saved.Source).Zip(QuotedFigures.In(executed.Source))
                .Where(pair => pair.First != pair.Second)
                .Select(pair => new NotebookDifference(
                    saved.Index + 1, $"quoted figure {pair.First.Quoted}", pair.First.Value, pair.Second.Value))
            : [];

    private static List<JsonObject> Outputs(NotebookCell cell) => [.. (cell.Json["outputs"] as JsonArray ?? []).OfType<JsonObject>()];

    private static string KindsOf(IEnumerable<JsonObject> outputs) => string.Join("; ", outputs.Select(Kind)) is { Length: > 0 } kinds ? kinds : "nothing";

    // "stream stdout", "display_data image/svg+xml, text/plain".
    private static string Kind(JsonObject output)
    {
        var types = (output["data"] as JsonObject)?.Select(form => form.Key).Order(StringComparer.Ordinal);
        var detail = types is null ? NotebookText.Join(output["name"]) : string.Join(", ", types);
        return $"{NotebookText.Join(output["output_type"])} {detail}".TrimEnd();
    }

    private static (string Old, string New)? FirstDifference(string old, string fresh)
    {
        if (old == fresh)
        {
            return null;
        }

        var oldLines = old.Split('\n');
        var freshLines = fresh.Split('\n');
        var line = oldLines.Zip(freshLines).TakeWhile(pair => pair.First == pair.Second).Count();
        return Excerpts(oldLines.ElementAtOrDefault(line) ?? "(ends)", freshLines.ElementAtOrDefault(line) ?? "(ends)");
    }

    // A picture is one line of thousands of characters: the excerpt begins shortly before the first difference.
    private static (string Old, string New) Excerpts(string old, string fresh)
    {
        const int Before = 40, Length = 120;
        var common = old.Zip(fresh).TakeWhile(pair => pair.First == pair.Second).Count();
        var start = Math.Max(0, common - Before);
        return (Excerpt(old), Excerpt(fresh));

        string Excerpt(string text)
        {
            var from = Math.Min(start, text.Length);
            var until = Math.Min(text.Length, from + Length);
            return $"{(from > 0 ? "…" : "")}{text[from..until].Trim()}{(until < text.Length ? "…" : "")}";
        }
    }
}

/// <param name="CellNumber">The cell's index among all cells, from 1; 0 for the notebook as a whole.</param>
/// <param name="Kind">What differs: a kind of output, or a quoted figure.</param>
/// <param name="Old">The saved value.</param>
/// <param name="New">The run's value.</param>
public sealed record NotebookDifference(int CellNumber, string Kind, string Old, string New);
