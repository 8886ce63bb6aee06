using System.Text.RegularExpressions;

namespace DeepNotes.Notebooks.Book;

/// <summary>A card's folded box: its id and tick on the line that is always seen, the way to its proof inside.</summary>
internal static partial class CardBox
{
    /// <param name="html">The rendered cell, which is one details element.</param>
    /// <param name="id">The question's id.</param>
    /// <param name="anchor">The box's id in the page, when it has none of its own.</param>
    /// <param name="proof">The proving cell's id in the page; null when there is none.</param>
    /// <returns>The box, and the id that it has.</returns>
    public static (string Html, string Anchor) Render(string html, string id, string anchor, string? proof)
    {
        var opening = Opening().Match(html);
        if (!opening.Success)
        {
            return (html, anchor);
        }

        var own = OwnId().Match(opening.Value).Groups["id"].Value;
        var attributes = own.Length > 0 ? opening.Groups["attributes"].Value : $"{opening.Groups["attributes"].Value} id=\"{Html.Escape(anchor)}\"";
        var tick = proof is null ? "" : " <span class=\"tick\" role=\"img\" aria-label=\"proved\">✓</span>";
        html = Opening().Replace(html, $"<details class=\"card\"{attributes.Replace("$", "$$", StringComparison.Ordinal)}>", 1);
        var end = html.IndexOf("</summary>", StringComparison.Ordinal);
        html = end < 0 ? html : html.Insert(end, $" <span class=\"card-mark\"><span class=\"topic-id\">{Html.Escape(id)}</span>{tick}</span>");
        if (proof is not null)
        {
            var link = $"<p class=\"card-proof\"><a href=\"#{Html.Escape(proof)}\"><span class=\"tick\" aria-hidden=\"true\">✓</span> Proved in this chapter: go to the cell</a></p>\n";
            html = html.Insert(html.LastIndexOf("</details>", StringComparison.Ordinal), link);
        }

        return (html, own.Length > 0 ? own : anchor);
    }

    [GeneratedRegex("<details(?<attributes>[^>]*)>", RegexOptions.IgnoreCase)]
    private static partial Regex Opening();

    [GeneratedRegex("\\bid=[\"'](?<id>[^\"']+)[\"']", RegexOptions.IgnoreCase)]
    private static partial Regex OwnId();
}
