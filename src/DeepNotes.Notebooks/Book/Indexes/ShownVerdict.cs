using System.Text.RegularExpressions;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Book;

/// <summary>A verdict as an executed cell showed it in the library's box.</summary>
internal sealed partial record ShownVerdict(string Id, string Ruling, string Because, string Figure)
{
    public static IReadOnlyList<ShownVerdict> In(NotebookCell cell) =>
    [
        .. cell.Outputs.Select(Shown).OfType<string>().SelectMany(html => Box().Matches(html)).Select(box => new ShownVerdict(
            Html.PlainText(box.Groups["id"].Value), box.Groups["ruling"].Value,
            Html.PlainText(box.Groups["because"].Value), Html.PlainText(box.Groups["figure"].Value))),
    ];

    private static string? Shown(CellOutput output) => output switch
    {
        DisplayOutput display => display.Data.Text(MimeBundle.Html),
        ResultOutput result => result.Data.Text(MimeBundle.Html),
        _ => null,
    };

    [GeneratedRegex(
        """class="deepnotes-verdict deepnotes-verdict-(?<ruling>true|conditional|false)".*?"deepnotes-verdict-id">(?<id>.*?)</span>.*?"deepnotes-verdict-because">(?<because>.*?)</p>\s*<p class="deepnotes-verdict-figure">(?<figure>.*?)</p>""",
        RegexOptions.Singleline)]
    private static partial Regex Box();
}
