using System.Globalization;
using System.Text;

namespace DeepNotes.Notebooks.Book;

/// <summary>Fills the page templates.</summary>
/// <param name="indexes">The index pages in the navigation.</param>
internal sealed class BookPage(BookOptions options, IReadOnlyList<IndexPage> indexes)
{
    private static readonly string Frame = Asset.Text("page.html");
    private static readonly string ChapterTemplate = Asset.Text("chapter.html");
    private static readonly string ContentsTemplate = Asset.Text("contents.html");

    public string Chapter(IReadOnlyList<Chapter> chapters, int index)
    {
        var chapter = chapters[index];
        var main = Html.Fill(ChapterTemplate, new Dictionary<string, string>
        {
            ["Number"] = chapter.Number.Length == 0 ? "" : $"<p class=\"number\">Chapter {Html.Escape(chapter.Number)}</p>",
            ["Title"] = chapter.Title,
            ["Facts"] = Facts(chapter),
            ["Provenance"] = chapter.Provenance.Length == 0 ? "" : $"<p class=\"facts\">{chapter.Provenance}</p>",
            ["Download"] = Address.OfFile(chapter.Notebook),
            ["Edit"] = options.RepositoryAddress is null
                ? "" : $"<a href=\"{Html.Escape(options.RepositoryAddress.TrimEnd('/'))}/edit/main/notebooks/{Address.OfFile(chapter.Name)}.ipynb\">Edit this chapter</a>",
            ["Side"] = Side(chapters, chapter),
            ["Body"] = chapter.Body,
            ["Previous"] = index > 0 ? Neighbour(chapters[index - 1], "prev", "Previous", Missing(chapters[index - 1], chapter)) : "<span></span>",
            ["Next"] = index + 1 < chapters.Count ? Neighbour(chapters[index + 1], "next", "Next", Missing(chapter, chapters[index + 1])) : "<span></span>",
        });
        var title = Html.PlainText(chapter.Title);
        return Page($"{title} · {options.Title}", Html.PlainText(Formula.LeftOut(chapter.Summary)), main, chapter.HasFormulas, needsAllOfPlotly: chapter.NeedsAllOfPlotly);
    }

    public string Contents(IReadOnlyList<Chapter> chapters)
    {
        var main = Html.Fill(ContentsTemplate, new Dictionary<string, string>
        {
            ["Title"] = Html.Escape(options.Title),
            ["Subtitle"] = options.Subtitle is null ? "" : $"<p class=\"subtitle\">{MarkdownDialect.RenderInline(options.Subtitle)}</p>",
            ["Count"] = chapters.Count == 1 ? "1 chapter" : $"{chapters.Count} chapters",
            ["Minutes"] = Duration(chapters.Sum(chapter => chapter.Minutes)),
            ["Chapters"] = string.Concat(chapters.Select(Entry)),
        });
        var description = options.Subtitle is null ? options.Title : Html.PlainText(MarkdownDialect.RenderInline(options.Subtitle));
        return Page(options.Title, description, main, main.Contains(Formula.Marker, StringComparison.Ordinal));
    }

    public string Index(IndexPage page) => Page(
        $"{page.Title} · {options.Title}", page.Description, page.Main, page.Main.Contains(Formula.Marker, StringComparison.Ordinal), page);

    private string Page(string title, string description, string main, bool hasFormulas, IndexPage? current = null, bool needsAllOfPlotly = false) =>
        Html.Fill(Frame, new Dictionary<string, string>
        {
            ["Title"] = Html.Escape(title),
            ["Description"] = Html.Escape(description),
            ["BookTitle"] = Html.Escape(options.Title),
            ["Repository"] = options.RepositoryAddress is null
                ? "" : $"<a href=\"{Html.Escape(options.RepositoryAddress)}\">{Html.Escape(options.RepositoryLinkText)}</a>",
            ["Indexes"] = string.Join('\n', indexes.Where(page => page.Label is not null).Select(page =>
                $"<a href=\"{page.Address}\"{(page == current ? " aria-current=\"page\"" : "")}>{page.Label}</a>")),
            ["SearchIndex"] = SearchIndex.File,
            ["SearchLibrary"] = Data(options.FrontEnd.MiniSearch, "data-library"),
            ["Katex"] = hasFormulas
                ? $"<link rel=\"stylesheet\" {options.FrontEnd.KatexStyle.Attributes("href")}>\n<script defer {options.FrontEnd.KatexScript.Attributes("src")}></script>"
                : "",
            ["Plotly"] = Data(needsAllOfPlotly ? options.FrontEnd.Plotly : options.FrontEnd.CartesianPlotly, "data-plotly"),
            ["Main"] = main,
        });

    // Attributes of a file that a script loads on demand.
    private static string Data(FrontEnd.FrontEndFile file, string attribute) =>
        file.Attributes(attribute).Replace(" integrity=", " data-integrity=", StringComparison.Ordinal).Replace(" crossorigin=\"anonymous\"", "", StringComparison.Ordinal);

    private static string Facts(Chapter chapter) =>
        $"<span>{Duration(chapter.Minutes)}</span>{(chapter.IsDraft ? "<span class=\"draft\">Draft</span>" : "")}";

    private static string Duration(int minutes) => minutes < 60 ? $"{minutes} min read" : $"{minutes / 60} h {minutes % 60} min read";

    private static string Side(IReadOnlyList<Chapter> chapters, Chapter chapter)
    {
        var headings = chapter.Headings.Where(heading => heading.Level <= 3).Select(heading =>
            $"<li class=\"level-{heading.Level}\"><a href=\"#{Html.Escape(heading.Id)}\">{heading.Text}</a></li>\n").ToList();
        var others = chapters.Select(other =>
            $"<li><a href=\"{other.Address}\"{(other == chapter ? " aria-current=\"page\"" : "")}>{Number(other)}{Html.WithoutLinks(other.Title)}</a></li>\n").ToList();
        return headings.Count == 0 && others.Count == 1 ? "" : $"""
            <div class="side">
            {Links("headings", "In this chapter", headings, isOpen: true)}{(others.Count == 1 ? "" : Links("chapters", "All chapters", others, isOpen: false))}</div>
            """;
    }

    private static string Links(string kind, string label, List<string> items, bool isOpen) => items.Count == 0 ? "" : $"""
        <nav class="{kind}" aria-label="{label}">
        <details{(isOpen ? " open" : "")}><summary>{label}</summary>
        <ol>
        {string.Concat(items)}</ol>
        </details>
        </nav>

        """;

    private static string Neighbour(Chapter chapter, string relation, string label, string missing) =>
        $"<a class=\"{relation}\" rel=\"{relation}\" href=\"{chapter.Address}\"><small>{label}{missing}</small>{Number(chapter)}{Html.WithoutLinks(chapter.Title)}</a>";

    // Between chapters 02 and 04, or 02 and 11.
    private static string Missing(Chapter before, Chapter after) => (Place(before), Place(after)) switch
    {
        (int from, int to) when to - from == 2 => $" ({from + 1:00} is not written yet)",
        (int from, int to) when to - from > 2 => $" ({from + 1:00} to {to - 1:00} are not written yet)",
        _ => "",
    };

    private static int? Place(Chapter chapter) => int.TryParse(chapter.NumberWithoutLetter, CultureInfo.InvariantCulture, out var place) ? place : null;

    private static string Number(Chapter chapter) => chapter.Number.Length == 0 ? "" : $"<span class=\"number\">{Html.Escape(chapter.Number)}</span> ";

    private static string Entry(Chapter chapter)
    {
        var figure = chapter.Figure is null
            ? "" : $"<img src=\"{Address.OfFile(chapter.Figure)}\" alt=\"\" loading=\"lazy\">";
        return new StringBuilder()
            .Append("<li class=\"entry\">\n<div class=\"entry-text\">\n")
            .Append($"<h2>{Number(chapter)}")
            .Append($"<a href=\"{chapter.Address}\">{Html.WithoutLinks(chapter.Title)}</a></h2>\n")
            .Append($"<p>{chapter.Summary}</p>\n<p class=\"facts\">{Facts(chapter)}</p>\n</div>\n")
            .Append($"{figure}\n</li>\n")
            .ToString();
    }
}
