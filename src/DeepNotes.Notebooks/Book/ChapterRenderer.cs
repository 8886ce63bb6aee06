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
    private readonly Dictionary<string, string> _cellIds;
    private readonly Dictionary<(TopicKind, string), Topic> _topics;
    private readonly List<ProvenTopic> _proven = [];
    private readonly List<ChapterCard> _cards = [];
    private readonly List<SearchEntry> _entries = [];
    private readonly List<string> _notes = [];
    private string? _title;
    private string? _summary;

    public ChapterRenderer(NotebookDocument document, CodeColouring colouring, ChapterLinks links, IReadOnlyList<Topic> topics)
    {
        _document = document;
        _colouring = colouring;
        _links = links;
        _cellIds = document.Cells.ToDictionary(cell => cell.Id, cell => _ids.ForCell(cell.Id));
        _topics = topics.DistinctBy(topic => (topic.Kind, topic.Id)).ToDictionary(topic => (topic.Kind, topic.Id));
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
            Notes = [.. _links.Notes, .. _notes],
            Proven = _proven,
            Cards = _cards,
            Entries = [new SearchEntry("", Html.PlainText(_title ?? Html.Escape(_document.Title)), "", "heading"), .. _entries],
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

        var id = _cellIds[cell.Id];
        TakeTitle(prose);
        TakeSummary(prose);
        var above = _headings.LastOrDefault();
        foreach (var heading in prose.Descendants<HeadingBlock>())
        {
            Anchor(heading);
        }

        var html = MarkdownDialect.Render(prose).Trim();
        if (CellTopics.Card(cell) is { } card)
        {
            html = Card(cell, html, card.Id, card.Proof);
        }
        else
        {
            _entries.AddRange(ProseEntries.Of(prose, id, Html.PlainText(above?.Text ?? _title ?? "")));
        }

        return html.Length == 0 ? "" : $"<section class=\"cell prose\" id=\"{id}\">\n{FootnoteId().Replace(html, $"$1{id}-$2")}\n</section>\n";
    }

    private string Card(NotebookCell cell, string html, string id, string? proofCell)
    {
        var proof = proofCell is null ? null : _cellIds.GetValueOrDefault(proofCell);
        if (proof is null)
        {
            _notes.Add($"{_document.Name}, cell {cell.Index + 1}: card {id} names {(proofCell is null ? "no proof" : $"the proof {proofCell}, which is no cell of the chapter")}; it shows no tick.");
        }

        _entries.Add(ProseEntries.OfCard(html, _ids.ForCard(id), id));
        (html, var anchor) = CardBox.Render(html, id, _entries[^1].Anchor, proof);
        _entries[^1] = _entries[^1] with { Anchor = anchor };
        _cards.Add(new ChapterCard(id, anchor));
        return html;
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

        var id = _cellIds[cell.Id];
        var listing = $"<pre class=\"code\"><code>{coloured.TrimEnd()}</code></pre>";
        var folded = IsSetUp(cell) ? "Set-up" : cell.Tags.Contains("hide-input") ? "Code" : null;
        var figures = new FigureFiles(_document.Chapter, cell.Id);
        var outputs = OutputRenderer.Render(cell.Outputs, id, figures);
        foreach (var (path, svg) in figures.Drawings)
        {
            _links.Files[path] = Encoding.UTF8.GetBytes(svg);
        }

        _entries.AddRange(CellEntries.Of(cell, id, Html.PlainText(_headings.LastOrDefault()?.Text ?? _title ?? "")));
        var timing = cell.IsTiming && outputs.Length > 0 ? "<p class=\"timing\">These figures depend on the machine.</p>\n" : "";
        return $"""
            <section class="cell computation" id="{id}">
            {Permalink(id, "Link to this cell")}
            {(folded is null ? listing : $"<details class=\"folded-code\"><summary>{folded}</summary>{listing}</details>")}
            {Tags(cell, id)}{outputs}{timing}</section>

            """;
    }

    private string Tags(NotebookCell cell, string id)
    {
        var topics = CellTopics.Of(cell);
        if (topics.Count == 0)
        {
            return "";
        }

        var verdicts = ShownVerdict.In(cell);
        var tags = new StringBuilder();
        foreach (var (kind, name) in topics)
        {
            _proven.Add(new ProvenTopic(kind, name, id, verdicts.FirstOrDefault(verdict => kind == TopicKind.Claim && verdict.Id == name)));
            tags.Append(Tag(kind, name, cell));
        }

        return $"<p class=\"proves\">{tags}</p>\n";
    }

    private string Tag(TopicKind kind, string id, NotebookCell cell)
    {
        var word = kind switch { TopicKind.Question => "proves", TopicKind.Claim => "verdict", _ => "restores" };
        var text = $"{word} <span class=\"topic-id\">{Html.Escape(id)}</span>";
        if (_topics.TryGetValue((kind, id), out var topic))
        {
            return $"<a href=\"{Html.Escape(topic.Address)}\" title=\"{Html.Escape(topic.Original)}\">{text}</a>";
        }

        if (_topics.Count > 0)
        {
            _notes.Add($"{_document.Name}, cell {cell.Index + 1}: {word} {id}, which the list of topics does not have.");
        }

        return $"<span>{text}</span>";
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
