using System.Text.RegularExpressions;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Running;

namespace DeepNotes.Notebooks.Book;

/// <summary>The origin of a chapter's results, and how many of its claims hold on this machine.</summary>
internal static partial class Provenance
{
    /// <param name="shown">The published notebook.</param>
    /// <param name="check">A run of it on this machine; null where there is none.</param>
    /// <returns>Span elements for the chapter's head; empty for a notebook that no run has saved.</returns>
    public static string Of(NotebookDocument shown, NotebookDocument? check)
    {
        var results = RunFingerprint.Of(shown) is { } run
            ? $"<span>Results: {RunFingerprint.ModeName(run.Mode)} run, {Html.Escape(run.Data)} data, {Html.Escape(run.Isa)}</span>" : "";
        return results + (check is null ? "" : Checked(Claims(shown), Claims(check)));
    }

    // Compared by cell, because a claim may contain a figure that differs between runs.
    private static string Checked(IReadOnlyDictionary<string, int> claims, IReadOnlyDictionary<string, int> found)
    {
        var held = claims.Sum(cell => Math.Min(cell.Value, found.GetValueOrDefault(cell.Key)));
        return claims.Count == 0 ? "" : $"<span>Checked on this machine: {held} of {claims.Values.Sum()} claims hold</span>";
    }

    // A failed claim in a successful run is a deliberate counterexample, not a claim of the chapter.
    private static Dictionary<string, int> Claims(NotebookDocument run) => run.Cells
        .Select(cell => (cell.Id, Count: cell.Outputs.Sum(output => Claim().Count(NotebookFigures.Forms(output)?.Text(MimeBundle.Html) ?? ""))))
        .Where(cell => cell.Count > 0).ToDictionary(cell => cell.Id, cell => cell.Count);

    [GeneratedRegex("<div class=\"deepnotes-proof deepnotes-proof-holds\">")]
    private static partial Regex Claim();
}
