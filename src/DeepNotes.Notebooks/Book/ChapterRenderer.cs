using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Files;
using DeepNotes.Notebooks.Running;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace DeepNotes.Notebooks.Book;

/// <summary>Renders an executed notebook as a chapter.</summary>
internal sealed partial class ChapterRenderer
{
    private const int MaxThumbnailBytes = 1 << 20;

    private readonly NotebookDocument _document;
    private readonly CodeColouring _colouring;
    private readonly ChapterLinks _links;
    private readonly FigureFiles _figures;
    private readonly FigureTables _tables;
    private readonly PageIds _ids = new();
    private readonly List<ChapterHeading> _headings = [];
    private readonly Dictionary<NotebookCell, MarkdownDocument> _prose = [];
    private readonly Dictionary<string, string> _cellIds;
    private readonly HashSet<(TopicKind, string)> _topics;
    private readonly List<ProvenTopic> _proven = [];
    private readonly List<Card> _cards = [];
    private readonly List<SearchEntry> _entries = [];
    private readonly List<string> _notes = [];
    private readonly Dictionary<NotebookCell, string> _failures = [];
    private string? _title;
    private string? _summary;
    private int _equations;

    public ChapterRenderer(NotebookDocument document, CodeColouring colouring, ChapterLinks links, FigureFiles figures, IReadOnlyList<Topic> topics)
    {
        _document = document;
        _colouring = colouring;
        _links = links;
        _figures = figures;
        _tables = new FigureTables(document.Name);
        _cellIds = document.Cells.ToDictionary(cell => cell.Id, cell => _ids.ForCell(cell.Id));
        _topics = [.. topics.Select(topic => (topic.Kind, topic.Id))];
    }

    /// <summary>A cell that fails to render is shown as its source, and reported among the failures.</summary>
    public Chapter Render()
    {
        foreach (var cell in _document.Cells.Where(cell => cell.IsMarkdown))
        {
            Succeeds(cell, () =>
            {
                var prose = MarkdownDialect.Parse(cell.Source);
                _links.Rewrite(prose, cell, _ids);
                _prose[cell] = prose;
            });
        }

        var code = ColourAll();
        var body = new StringBuilder();
        foreach (var cell in _document.Cells)
        {
            body.Append(CellHtml(cell, code));
        }

        if (_tables.File is { } tables)
        {
            _links.Files[_tables.Path] = tables;
        }

        foreach (var (path, drawing) in _figures.Drawings)
        {
            _links.Files[path] = drawing;
        }

        return new Chapter
        {
            Name = _document.Name,
            Page = _links.Page,
            Number = NotebookFigures.Number(_document),
            Title = _title ?? Html.Escape(_document.Title),
            Summary = Text(_document.Metadata["summary"]) is { } summary ? MarkdownDialect.RenderInline(summary) : _summary ?? "",
            Source = _document.ToBytes(),
            Body = body.ToString(),
            Headings = _headings,
            Minutes = ReadingTime.Minutes(_document),
            IsDraft = Text(_document.Metadata["status"]) == "draft",
            Figure = FirstFigure() is { } figure ? _links.Add($"{SafeName.Of(_document.Name, "notebook")}.svg", figure, "first figure") : null,
            Files = _links.Files,
            Notes = [.. _links.Notes, .. _notes],
            Failures = [.. _failures.OrderBy(failure => failure.Key.Index).Select(failure => $"{_document.Name}, cell {failure.Key.Index + 1}: {failure.Value}")],
            NeedsAllOfPlotly = _figures.AreMoreThanCartesian,
            Proven = _proven,
            Cards = _cards,
            Entries = [new SearchEntry("", SearchIndex.Words(_title ?? Html.Escape(_document.Title)), "", "heading"), .. _entries],
        };
    }

    // A cell's failure does not affect the others.
    private bool Succeeds(NotebookCell cell, Action work)
    {
        if (_failures.ContainsKey(cell))
        {
            return false;
        }

        try
        {
            work();
            return true;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            _failures[cell] = $"{error.GetType().Name}: {error.Message.Split('\n')[0].TrimEnd()}";
            return false;
        }
    }

    private string CellHtml(NotebookCell cell, Dictionary<NotebookCell, IReadOnlyList<string>> code)
    {
        var html = "";
        return Succeeds(cell, () => html = cell.IsCode ? CodeCell(cell, code[cell][0]) : cell.IsMarkdown ? ProseCell(cell, code[cell]) : OtherCell(cell))
            ? html
            : $"""
              <section class="cell" id="{Html.Escape(_cellIds[cell.Id])}">
              <p class="output missing">This cell could not be made into a page ({Html.Escape(_failures[cell])}); its source:</p>
              <pre class="output">{Html.Escape(cell.Source)}</pre>
              </section>

              """;
    }

    // Raw cells are meant for converters: HTML, Markdown and LaTeX are rendered, anything else is shown as source.
    private string OtherCell(NotebookCell cell)
    {
        if (cell.Source.Trim().Length == 0)
        {
            return "";
        }

        var id = _cellIds[cell.Id];
        var metadata = cell.Json["metadata"] as JsonObject;
        var inner = (Text(metadata?["raw_mimetype"]) ?? Text(metadata?["format"])) switch
        {
            MimeBundle.Html => $"<div class=\"output html\">{_links.RewriteOutput(cell.Source)}</div>",
            MimeBundle.Markdown => MarkdownOf(cell, cell.Source, $"{id}-").Trim(),
            MimeBundle.Latex => Formula.Display(cell.Source),
            _ => $"<pre class=\"output\">{Html.Escape(cell.Source)}</pre>",
        };
        _entries.Add(new SearchEntry(id, SearchIndex.Words(_headings.LastOrDefault()?.Text ?? _title ?? ""), SearchIndex.OneLine(cell.Source), "text"));
        return $"<section class=\"cell\" id=\"{Html.Escape(id)}\">\n{inner}\n</section>\n";
    }

    // Cells and fenced C# in prose, in page order, so that prose sees the declarations of earlier cells.
    private Dictionary<NotebookCell, IReadOnlyList<string>> ColourAll()
    {
        var snippets = new List<(NotebookCell Cell, CodeSnippet Code)>();
        foreach (var cell in _document.Cells)
        {
            if (cell.IsCode)
            {
                snippets.Add((cell, new CodeSnippet(cell.Source, IsCell: true, NotebookLanguage.Of(cell))));
            }
            else if (_prose.TryGetValue(cell, out var prose))
            {
                snippets.AddRange(FencedCSharp(prose).Select(block => (cell, new CodeSnippet(block.Lines.ToString(), IsCell: false))));
            }
        }

        var coloured = _colouring.Colour(_document.Name, [.. snippets.Select(snippet => snippet.Code)])
            .Zip(snippets, (html, snippet) => (html, snippet.Cell)).ToLookup(pair => pair.Cell, pair => pair.html);
        return _document.Cells.ToDictionary(cell => cell, cell => (IReadOnlyList<string>)[.. coloured[cell]]);
    }

    private string MarkdownOf(NotebookCell cell, string source, string idPrefix)
    {
        var prose = MarkdownDialect.Parse(source);
        _links.Rewrite(prose, cell, _ids);
        return FootnoteId().Replace(MarkdownDialect.Render(prose), match => $"{match.Groups[1].Value}{Html.Escape(idPrefix)}{match.Groups[2].Value}");
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static List<FencedCodeBlock> FencedCSharp(MarkdownDocument prose) =>
        [.. prose.Descendants<FencedCodeBlock>().Where(block => block.Info is "csharp" or "cs" or "c#" or "C#")];

    private string ProseCell(NotebookCell cell, IReadOnlyList<string> code)
    {
        var prose = _prose[cell];
        foreach (var (index, block) in FencedCSharp(prose).Index())
        {
            var parent = block.Parent!;
            parent[parent.IndexOf(block)] = new ReadyHtml(Listing(code[index]));
        }

        var id = _cellIds[cell.Id];
        TakeTitle(prose);
        TakeSummary(prose);
        var (above, first) = (_headings.LastOrDefault(), _headings.Count);
        foreach (var heading in prose.Descendants<HeadingBlock>())
        {
            Anchor(heading);
        }

        var card = CellTopics.Card(cell);
        if (card is null)
        {
            NumberEquations(prose);
        }

        var html = MarkdownDialect.Render(prose).Trim();
        if (card is { } question)
        {
            html = CardCell(cell, html, _headings.ElementAtOrDefault(first)?.Text ?? "", question);
        }
        else
        {
            _entries.AddRange(ProseEntries.Of(prose, id, SearchIndex.Words(above?.Text ?? _title ?? "")));
        }

        return html.Length == 0 ? "" : $"<section class=\"cell prose\" id=\"{Html.Escape(id)}\">\n{FootnoteId().Replace(html, match => $"{match.Groups[1].Value}{Html.Escape(id)}-{match.Groups[2].Value}")}\n</section>\n";
    }

    private string CardCell(NotebookCell cell, string html, string question, (string Id, string? Proof, string Level) wanted)
    {
        var (id, proofCell, level) = wanted;
        var proof = proofCell is null ? null : _cellIds.GetValueOrDefault(proofCell);
        if (proof is null)
        {
            _notes.Add($"{_document.Name}, cell {cell.Index + 1}: card {id} names {(proofCell is null ? "no proof" : $"the proof {proofCell}, which is not a cell of the chapter")}; it shows no tick.");
        }

        var card = Card.Read(html, question, id, level, _ids.ForCard(id), proof);
        if (card.Question.Length == 0 || card.Answer.Length == 0)
        {
            _notes.Add($"{_document.Name}, cell {cell.Index + 1}: card {id}: expected the question as a heading, followed by an answer before the first collapsible part.");
        }

        _cards.Add(card);
        _entries.Add(ProseEntries.OfCard(card, html));
        return card.InChapter(html);
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

    // Equations of a card are not numbered: the card also appears on the questions page.
    private void NumberEquations(MarkdownDocument prose)
    {
        foreach (var formula in prose.Descendants<DisplayFormula>())
        {
            formula.Number = new NumberInPage(++_equations, _ids.Claim($"equation-{_equations}"));
        }
    }

    private string CodeCell(NotebookCell cell, string coloured)
    {
        var id = _cellIds[cell.Id];
        var shown = cell.Outputs;
        var outputs = new OutputRenderer(cell.Id, shown, id, new OutputPlace(
            _ids, _figures, _tables, _links, (source, idPrefix) => MarkdownOf(cell, source, idPrefix),
            note => _notes.Add($"{_document.Name}, cell {cell.Index + 1}: {note}"), Address.OfFile(Chapter.NotebookOf(_links.Page)))).Render();
        if (cell.Source.Trim().Length == 0 && outputs.Length == 0)
        {
            return "";
        }

        var listing = cell.Source.Trim().Length == 0 ? "" : Listing(coloured.TrimEnd());
        var fold = IsSetUp(cell) ? "Set-up" : cell.Tags.Contains("hide-input") ? "Code" : null;
        _entries.AddRange(CellEntries.Of(cell, shown, id, SearchIndex.Words(_headings.LastOrDefault()?.Text ?? _title ?? ""), fold is not null));
        RecordTopics(cell, shown, id);
        var timing = cell.IsTiming && outputs.Length > 0 ? "<p class=\"timing\">These figures depend on the machine.</p>\n" : "";
        return $"""
            <section class="cell computation{(fold is null ? "" : " folded")}" id="{Html.Escape(id)}">
            {Permalink(id, "Link to this cell")}
            {(fold is null ? listing : "")}
            {outputs}{timing}{(fold is null || listing.Length == 0 ? "" : $"<details class=\"folded-code\"><summary>{fold}</summary>{listing}</details>\n")}</section>

            """;
    }

    // Topic ids are recorded for the index pages; readers see the claim, not its id.
    private void RecordTopics(NotebookCell cell, IReadOnlyList<CellOutput> outputs, string id)
    {
        var verdicts = ShownVerdict.In(outputs);
        foreach (var (kind, name) in CellTopics.Of(cell))
        {
            _proven.Add(new ProvenTopic(kind, name, id, verdicts.FirstOrDefault(verdict => kind == TopicKind.Claim && verdict.Id == name)));
            if (_topics.Count > 0 && !_topics.Contains((kind, name)))
            {
                _notes.Add($"{_document.Name}, cell {cell.Index + 1}: {kind.ToString().ToLowerInvariant()} {name}, which is not in the list of topics.");
            }
        }
    }

    private static readonly string[] SetUpBegins = ["#r ", "#load ", "using ", "//"];

    private static bool IsSetUp(NotebookCell cell) =>
        cell.Tags.Contains("setup")
        || cell.Source.Split('\n').All(line => line.Trim() is ""
            || SetUpBegins.Any(begin => line.StartsWith(begin, StringComparison.Ordinal)));

    private static string Listing(string coloured) => $"<div class=\"listing\"><pre class=\"code\"><code>{coloured}</code></pre></div>";

    private static string Permalink(string id, string label) =>
        $"<a class=\"permalink\" href=\"#{Html.Escape(id)}\" aria-label=\"{Html.Escape(label)}\">#</a>";

    private byte[]? FirstFigure() => _figures.Drawings.Select(drawing => drawing.Value).FirstOrDefault(drawing => drawing.Length <= MaxThumbnailBytes);

    // Footnotes are numbered from 1 in each cell.
    [GeneratedRegex("((?:id=\"|href=\"#))(fn(?:ref)?:\\d+)")]
    private static partial Regex FootnoteId();
}
