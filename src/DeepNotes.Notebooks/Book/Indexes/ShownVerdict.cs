using System.Text.RegularExpressions;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Book;

/// <summary>A verdict as an executed cell displayed it: the claim's id, the ruling, and the HTML inside the box.</summary>
internal sealed partial record ShownVerdict(string Id, string Ruling, string Html)
{
    public static IReadOnlyList<ShownVerdict> In(IReadOnlyList<CellOutput> outputs) =>
    [
        .. outputs.Select(output => NotebookFigures.Forms(output)?.Text(MimeBundle.Html)).OfType<string>().SelectMany(html => Box().Matches(html)).Select(box => new ShownVerdict(
            Book.Html.PlainText(box.Groups["id"].Value), box.Groups["ruling"].Value, box.Groups["inner"].Value)),
    ];

    [GeneratedRegex(
        """<div class="deepnotes-verdict deepnotes-verdict-(?<ruling>right|condition|imprecise|wrong)" data-claim="(?<id>[^"]*)">(?<inner>.*?)</div>""",
        RegexOptions.Singleline)]
    private static partial Regex Box();
}
