using System.Text;
using System.Text.RegularExpressions;
using DeepNotes.Notebooks.Documents;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace DeepNotes.Notebooks.Book;

/// <summary>Makes a chapter of an executed notebook.</summary>
internal sealed partial class ChapterRenderer
{
    private readonly NotebookDocument _document;
    private readonly CodeColouring _colouring;
    private readonly ChapterLinks _links;
    private readonly PageIds _ids = new();
    private readonly List<ChapterHeading> _headings = [];
    private readonly Dictionary<NotebookCell, MarkdownDocument> _prose = [];
    private string? _title;
    private string? _summary;

    public ChapterRenderer(NotebookDocument document, CodeColouring colouring, ChapterLinks links)
    {
        _document = document;
        _colouring = colouring;
        _links = links;
    }

    public Chapter Render()
    {
        foreach (var cell in _document.Cells.Where(cell => cell.IsMarkdown))
        {
            _prose[cell] = MarkdownDialect.Parse(cell.Source);
            _links.Rewrite(_prose[cell], cell);
        }

        var code = new Queue<string>(ColourAll());
        var body = new StringBuilder();
        foreach (var cell in _document.Cells)
        {
            body.Append(cell.IsCode ? CodeCell(cell, code) : cell.IsMarkdown ? ProseCell(cell, code) : "");
        }

        return new Chapter
        {
            Name = _document.Name,
            Number = char.IsAsciiDigit(_document.Chapter.FirstOrDefault()) ? _document.Chapter : "",
            Title = _title ?? Html.Escape(_document.Title),
            Summary = (string?)_document.Metadata["summary"] is { } summary ? MarkdownDialect.RenderInline(summary) : _summary ?? "",
            Body = body.ToString(),
            Headings = _headings,
            Minutes = ReadingTime.Minutes(_document),
            IsDraft = (string?)_document.Metadata["status"] == "draft",
            Figure = FirstFigure(),
            Files = _links.Files,
            Notes = _links.Notes,
        };
    }

    // Cells and fenced C# in prose, in the order of the page: what a cell declares is known in the prose after it.
    private IReadOnlyList<string> ColourAll()
    {
        var snippets = new List<CodeSnippet>();
        foreach (var cell in _document.Cells)
        {
            if (cell.IsCode)
            {
                snippets.Add(new CodeSnippet(cell.Source, IsCell: true));
            }
            else if (_prose.TryGetValue(cell, out var prose))
            {
                snippets.AddRange(FencedCSharp(prose).Select(block => new CodeSnippet(block.Lines.ToString(), IsCell: false)));
            }
        }

        return _colouring.Colour(_document.Name, snippets);
    }

    private static List<FencedCodeBlock> FencedCSharp(MarkdownDocument prose) =>
        [.. prose.Descendants<FencedCodeBlock>().Where(block => block.Info is "csharp" or "cs" or "c#" or "C#")];

    private string ProseCell(NotebookCell cell, Queue<string> code)
    {
        var prose = _prose[cell];
        foreach (var block in FencedCSharp(prose))
        {
            var parent = block.Parent!;
            parent[parent.IndexOf(block)] = new ReadyHtml($"<pre class=\"code\"><code>{code.Dequeue()}</code></pre>");
        }

        var id = _ids.ForCell(cell.Id);
        TakeTitle(prose);
        TakeSummary(prose);
        foreach (var heading in prose.Descendants<HeadingBlock>())
        {
            Anchor(heading);
        }

        var html = MarkdownDialect.Render(prose).Trim();
        return html.Length == 0 ? "" : $"<section class=\"cell prose\" id=\"{id}\">\n{FootnoteId().Replace(html, $"$1{id}-$2")}\n</section>\n";
    }

    private void TakeTitle(MarkdownDocument prose)
    {
        if (_title is null && _headings.Count == 0 && prose.FirstOrDefault() is HeadingBlock { Level: 1, Inline: { } inline } heading)
        {
            _title = MarkdownDialect.Render(inline);
            prose.Remove(heading);
        }
    }

    private void TakeSummary(MarkdownDocument prose)
    {
        if (_summary is null && prose.OfType<ParagraphBlock>().FirstOrDefault() is { Inline: { } inline })
        {
            _summary = Html.WithoutLinks(MarkdownDialect.Render(inline));
        }
    }

    private void Anchor(HeadingBlock heading)
    {
        var text = heading.Inline is null ? "" : Html.WithoutLinks(MarkdownDialect.Render(heading.Inline));
        var id = _ids.ForHeading(Html.PlainText(text));
        heading.GetAttributes().Id = id;
        heading.Inline?.AppendChild(new HtmlInline(Permalink(id, $"Link to the section {Html.PlainText(text)}")));
        _headings.Add(new ChapterHeading(heading.Level, id, text));
    }

    private string CodeCell(NotebookCell cell, Queue<string> code)
    {
        var coloured = code.Dequeue();
        if (cell.Source.Trim().Length == 0)
        {
            return "";
        }

        var id = _ids.ForCell(cell.Id);
        var listing = $"<pre class=\"code\"><code>{coloured.TrimEnd()}</code></pre>";
        var folded = IsSetUp(cell) ? "Set-up" : cell.Tags.Contains("hide-input") ? "Code" : null;
        var outputs = OutputRenderer.Render(cell.Outputs, id);
        var timing = cell.IsTiming && outputs.Length > 0 ? "<p class=\"timing\">These figures depend on the machine.</p>\n" : "";
        return $"""
            <section class="cell computation" id="{id}">
            {Permalink(id, "Link to this cell")}
            {(folded is null ? listing : $"<details class=\"folded-code\"><summary>{folded}</summary>{listing}</details>")}
            {outputs}{timing}</section>

            """;
    }

    private static readonly string[] SetUpBegins = ["#r ", "#load ", "using ", "//"];

    private static bool IsSetUp(NotebookCell cell) =>
        cell.Tags.Contains("setup")
        || cell.Source.Split('\n').All(line => line.Trim() is ""
            || SetUpBegins.Any(begin => line.StartsWith(begin, StringComparison.Ordinal)));

    private static string Permalink(string id, string label) =>
        $"<a class=\"permalink\" href=\"#{Html.Escape(id)}\" aria-label=\"{Html.Escape(label)}\">#</a>";

    private string? FirstFigure() => _document.Cells.Where(cell => cell.IsCode)
        .SelectMany(cell => cell.Outputs)
        .Select(output => output switch
        {
            DisplayOutput display => display.Data.Text(MimeBundle.Svg),
            ResultOutput result => result.Data.Text(MimeBundle.Svg),
            _ => null,
        })
        .FirstOrDefault(svg => svg is not null);

    // Each cell numbers its footnotes from 1.
    [GeneratedRegex("((?:id=\"|href=\"#))(fn(?:ref)?:\\d+)")]
    private static partial Regex FootnoteId();
}
