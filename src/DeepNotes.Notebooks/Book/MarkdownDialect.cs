using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace DeepNotes.Notebooks.Book;

/// <summary>The Markdown of notebooks: CommonMark, tables, footnotes, alerts, formulas, and collapsible boxes.</summary>
internal sealed class MarkdownDialect : IMarkdownExtension
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseFootnotes()
        .UseEmphasisExtras()
        .UseTaskLists()
        .UseAutoLinks()
        .UseDefinitionLists()
        .UseAlertBlocks()
        .UseMathematics()
        .Use<MarkdownDialect>()
        .Build();

    public static MarkdownDocument Parse(string source) =>
        Markdown.Parse(MarkdownSource.Prepare(source, RenderInline), Pipeline);

    public static string Render(MarkdownObject part)
    {
        var text = new StringWriter { NewLine = "\n" };
        var renderer = new HtmlRenderer(text);
        Pipeline.Setup(renderer);
        renderer.Render(part);
        renderer.Writer.Flush();
        return HoldsHtml(part) ? HtmlFragment.Whole(text.ToString()) : text.ToString();
    }

    /// <summary>Renders a line of Markdown without a paragraph element.</summary>
    public static string RenderInline(string source) =>
        Markdown.Parse(source, Pipeline).FirstOrDefault() is LeafBlock { Inline: { } inline } ? Render(inline) : Html.Escape(source);

    public void Setup(MarkdownPipelineBuilder pipeline)
    {
        pipeline.BlockParsers.RemoveAll(parser => parser is MathBlockParser);
        pipeline.BlockParsers.Insert(0, new DisplayFormulaParser());
        pipeline.InlineParsers.Insert(0, new LatexInlineParser());
    }

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
        if (renderer is not HtmlRenderer html)
        {
            return;
        }

        html.LinkRewriter = address => Address.IsSafe(address) ? address : "";
        html.ObjectRenderers.Replace<HtmlMathInlineRenderer>(new InlineFormulaRenderer());
        html.ObjectRenderers.Replace<HtmlBlockRenderer>(new RawHtmlRenderer());
        html.ObjectRenderers.Replace<HtmlInlineRenderer>(new RawTagRenderer());
        html.ObjectRenderers.Replace<HtmlTableRenderer>(new ScrollingTableRenderer());
        html.ObjectRenderers.Insert(0, new DisplayFormulaRenderer());
        html.ObjectRenderers.Insert(0, new LatexInlineRenderer());
        html.ObjectRenderers.Insert(0, new ReadyHtmlRenderer());
    }

    private static bool HoldsHtml(MarkdownObject part) =>
        part.Descendants<HtmlBlock>().Any() || part.Descendants<HtmlInline>().Any();

    private sealed class InlineFormulaRenderer : HtmlObjectRenderer<MathInline>
    {
        protected override void Write(HtmlRenderer renderer, MathInline formula) => renderer.Write(
            formula.DelimiterCount == 2 ? Formula.DisplayInSentence(formula.Content.ToString()) : Formula.Inline(formula.Content.ToString()));
    }

    private sealed class RawHtmlRenderer : HtmlObjectRenderer<HtmlBlock>
    {
        protected override void Write(HtmlRenderer renderer, HtmlBlock block) =>
            renderer.WriteLine(Formula.InHtml(RawHtml.Clean(block.Lines.ToString())));
    }

    private sealed class RawTagRenderer : HtmlObjectRenderer<HtmlInline>
    {
        protected override void Write(HtmlRenderer renderer, HtmlInline tag) => renderer.Write(RawHtml.Clean(tag.Tag));
    }

    private sealed class ScrollingTableRenderer : HtmlTableRenderer
    {
        protected override void Write(HtmlRenderer renderer, Table table)
        {
            renderer.EnsureLine();
            renderer.WriteLine("<div class=\"table\">");
            base.Write(renderer, table);
            renderer.WriteLine("</div>");
        }
    }

    private sealed class ReadyHtmlRenderer : HtmlObjectRenderer<ReadyHtml>
    {
        protected override void Write(HtmlRenderer renderer, ReadyHtml block)
        {
            renderer.EnsureLine();
            renderer.WriteLine(block.Text);
        }
    }
}

/// <summary>A block with pre-rendered HTML: highlighted code.</summary>
internal sealed class ReadyHtml(string text) : LeafBlock(null)
{
    public string Text { get; } = text;
}
