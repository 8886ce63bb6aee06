using System.Text;

namespace DeepNotes.Notebooks.Book;

/// <summary>Fills the page templates.</summary>
/// <param name="indexes">What the navigation of every page names.</param>
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
            ["Download"] = Address.OfFile(chapter.Notebook),
            ["Headings"] = Headings(chapter),
            ["Body"] = chapter.Body,
            ["Previous"] = index > 0 ? Neighbour(chapters[index - 1], "prev", "Previous") : "<span></span>",
            ["Next"] = index + 1 < chapters.Count ? Neighbour(chapters[index + 1], "next", "Next") : "<span></span>",
        });
        var title = Html.PlainText(chapter.Title);
        return Page($"{title} · {options.Title}", Html.PlainText(Formula.LeftOut(chapter.Summary)), main, chapter.HasFormulas);
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

    private string Page(string title, string description, string main, bool hasFormulas, IndexPage? current = null) =>
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
            ["Katex"] = hasFormulas
                ? $"<link rel=\"stylesheet\" {options.FrontEnd.KatexStyle.Attributes("href")}>\n<script defer {options.FrontEnd.KatexScript.Attributes("src")}></script>"
                : "",
            ["Plotly"] = options.FrontEnd.Plotly.Attributes("data-plotly").Replace(" integrity=", " data-integrity=", StringComparison.Ordinal),
            ["Main"] = main,
        });

    private static string Facts(Chapter chapter) =>
        $"<span>{Duration(chapter.Minutes)}</span>{(chapter.IsDraft ? "<span class=\"draft\">Draft</span>" : "")}";

    private static string Duration(int minutes) => minutes < 60 ? $"{minutes} min read" : $"{minutes / 60} h {minutes % 60} min read";

    private static string Headings(Chapter chapter)
    {
        var shown = chapter.Headings.Where(heading => heading.Level <= 3).ToList();
        if (shown.Count == 0)
        {
            return "";
        }

        var items = shown.Select(heading =>
            $"<li class=\"level-{heading.Level}\"><a href=\"#{Html.Escape(heading.Id)}\">{heading.Text}</a></li>\n");
        return $"""
            <nav class="headings" id="contents" aria-label="In this chapter">
            <details open><summary>In this chapter</summary>
            <ol>
            {string.Concat(items)}</ol>
            </details>
            </nav>
            """;
    }

    private static string Neighbour(Chapter chapter, string relation, string label) =>
        $"<a class=\"{relation}\" rel=\"{relation}\" href=\"{chapter.Address}\"><small>{label}</small>{Html.WithoutLinks(chapter.Title)}</a>";

    private static string Entry(Chapter chapter)
    {
        var figure = chapter.Figure is null
            ? "" : $"<img src=\"{Address.OfFile(chapter.Figure)}\" alt=\"\" loading=\"lazy\">";
        return new StringBuilder()
            .Append("<li class=\"entry\">\n<div class=\"entry-text\">\n")
            .Append($"<h2>{(chapter.Number.Length == 0 ? "" : $"<span class=\"number\">{Html.Escape(chapter.Number)}</span> ")}")
            .Append($"<a href=\"{chapter.Address}\">{Html.WithoutLinks(chapter.Title)}</a></h2>\n")
            .Append($"<p>{chapter.Summary}</p>\n<p class=\"facts\">{Facts(chapter)}</p>\n</div>\n")
            .Append($"{figure}\n</li>\n")
            .ToString();
    }
}
