using System.Text.RegularExpressions;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Running;

namespace DeepNotes.Notebooks.Book;

/// <summary>Where a chapter's results come from, and how many of its claims hold on this machine.</summary>
internal static partial class Provenance
{
    /// <param name="shown">The notebook that the page is made of.</param>
    /// <param name="check">A run of it on this machine; null where there is none.</param>
    /// <returns>Spans for the chapter's head; nothing for a notebook that no run has saved.</returns>
    public static string Of(NotebookDocument shown, NotebookDocument? check)
    {
        var results = RunFingerprint.Of(shown) is { } run
            ? $"<span>Results: {RunFingerprint.ModeName(run.Mode)} run, {Html.Escape(run.Data)} data, {Html.Escape(run.Isa)}</span>" : "";
        return results + (check is null ? "" : Checked(Claims(shown), Claims(check)));
    }

    // Cell by cell, because a claim may name a figure that another run has not.
    private static string Checked(IReadOnlyDictionary<string, int> claims, IReadOnlyDictionary<string, int> found)
    {
        var held = claims.Sum(cell => Math.Min(cell.Value, found.GetValueOrDefault(cell.Key)));
        return claims.Count == 0 ? "" : $"<span>Checked on this machine: {held} of {claims.Values.Sum()} claims hold</span>";
    }

    // What fails in a run that succeeded is a planted fault, and no claim of the chapter's.
    private static Dictionary<string, int> Claims(NotebookDocument run) => run.Cells
        .Select(cell => (cell.Id, Count: cell.Outputs.Sum(output => Claim().Count(NotebookFigures.Forms(output)?.Text(MimeBundle.Html) ?? ""))))
        .Where(cell => cell.Count > 0).ToDictionary(cell => cell.Id, cell => cell.Count);

    [GeneratedRegex("<div class=\"deepnotes-proof deepnotes-proof-holds\">")]
    private static partial Regex Claim();
}
