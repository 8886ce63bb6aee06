using Markdig.Parsers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace DeepNotes.Notebooks.Book;

/// <summary>A formula on lines of its own, between two $$.</summary>
internal sealed class DisplayFormula(BlockParser parser) : LeafBlock(parser)
{
    public List<string> Rows { get; } = [];
}

/// <summary>
/// Takes everything from a line that begins with $$ to the next $$, as Jupyter does: inside, a line that begins with
/// "=" or "+" is mathematics and not a heading or a list.
/// </summary>
internal sealed class DisplayFormulaParser : BlockParser
{
    public DisplayFormulaParser() => OpeningCharacters = ['$'];

    public override BlockState TryOpen(BlockProcessor processor)
    {
        var line = processor.Line.ToString();
        if (processor.IsCodeIndent || !line.StartsWith("$$", StringComparison.Ordinal))
        {
            return BlockState.None;
        }

        var close = line.IndexOf("$$", 2, StringComparison.Ordinal);
        if (close >= 0 && line[(close + 2)..].Trim().Length > 1)
        {
            return BlockState.None; // a formula inside a sentence
        }

        var formula = new DisplayFormula(this) { Column = processor.Column, Span = new SourceSpan(processor.Start, processor.Line.End) };
        formula.Rows.Add(close < 0 ? line[2..] : line[2..close] + line[(close + 2)..]);
        processor.NewBlocks.Push(formula);
        return close < 0 ? BlockState.ContinueDiscard : BlockState.BreakDiscard;
    }

    public override BlockState TryContinue(BlockProcessor processor, Block block)
    {
        var line = processor.Line.ToString();
        var close = line.IndexOf("$$", StringComparison.Ordinal);
        ((DisplayFormula)block).Rows.Add(close < 0 ? line : line[..close] + line[(close + 2)..]);
        block.UpdateSpanEnd(processor.Line.End);
        return close < 0 ? BlockState.ContinueDiscard : BlockState.BreakDiscard;
    }
}

internal sealed class DisplayFormulaRenderer : HtmlObjectRenderer<DisplayFormula>
{
    protected override void Write(HtmlRenderer renderer, DisplayFormula formula)
    {
        renderer.EnsureLine();
        renderer.Write(Formula.Display(string.Join('\n', formula.Rows)));
        renderer.EnsureLine();
    }
}
