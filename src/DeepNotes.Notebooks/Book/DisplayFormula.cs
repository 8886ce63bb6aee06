using System.Buffers;
using System.Text.RegularExpressions;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace DeepNotes.Notebooks.Book;

/// <summary>A display formula: between two $$, between \[ and \], or a LaTeX environment.</summary>
internal sealed class DisplayFormula(BlockParser parser, FormulaMarks marks) : LeafBlock(parser)
{
    public FormulaMarks Marks => marks;

    public List<string> Rows { get; } = [];

    /// <summary>Its number in the page and its anchor; null where it has none.</summary>
    public NumberInPage? Number { get; set; }
}

/// <summary>The delimiters of a formula.</summary>
/// <param name="IsKept">An environment, whose delimiters are part of the formula.</param>
/// <param name="IsDisplay">A display formula, as opposed to an inline one.</param>
internal readonly partial record struct FormulaMarks(string Open, string Close, bool IsKept, bool IsDisplay)
{
    // Markdown removes a backslash before punctuation, so that authors for Jupyter write two.
    private static readonly FormulaMarks[] Brackets =
    [
        new(@"\\[", @"\\]", false, true), new(@"\[", @"\]", false, true),
        new(@"\\(", @"\\)", false, false), new(@"\(", @"\)", false, false),
    ];

    private static readonly SearchValues<char> Signs = SearchValues.Create(@"\^_={}<>+");

    private static readonly FormulaMarks Dollars = new("$$", "$$", false, true);

    /// <summary>The delimiters at the start of a text; null for none.</summary>
    public static FormulaMarks? At(ReadOnlySpan<char> text)
    {
        if (text.StartsWith("$$"))
        {
            return Dollars;
        }

        foreach (var marks in Brackets)
        {
            if (text.StartsWith(marks.Open))
            {
                return marks;
            }
        }

        return text.StartsWith(@"\begin{") && Begin().Match(text[..Math.Min(text.Length, 40)].ToString()) is { Success: true, Groups: var groups }
            ? new($@"\begin{{{groups[1].Value}}}", $@"\end{{{groups[1].Value}}}", true, true)
            : null;
    }

    /// <summary>The index of the closing delimiter in a text that begins with the opening one; -1 when the paragraph ends before it.</summary>
    public int FindClose(ReadOnlySpan<char> text)
    {
        var end = ParagraphEnd(text);
        for (var (at, depth) = (Open.Length, 1); ;)
        {
            var close = text[at..end].IndexOf(Close);
            if (close < 0)
            {
                return -1;
            }

            depth += IsKept ? Count(text.Slice(at, close), Open) - 1 : -1;
            if (depth == 0)
            {
                return at + close;
            }

            at += close + Close.Length;
        }
    }

    /// <summary>Distinguishes a formula from an escaped bracket in prose.</summary>
    public bool IsFormula(ReadOnlySpan<char> inside) =>
        IsKept || Open.StartsWith(@"\\", StringComparison.Ordinal) || inside.ContainsAny(Signs)
        || (!IsDisplay && inside.Trim().Length is 1 or 2);

    private static int Count(ReadOnlySpan<char> text, string part)
    {
        var count = 0;
        for (int at; (at = text.IndexOf(part)) >= 0; count++)
        {
            text = text[(at + part.Length)..];
        }

        return count;
    }

    // LaTeX forbids an empty line in mathematics, and Jupyter ends a formula there.
    private static int ParagraphEnd(ReadOnlySpan<char> text)
    {
        for (var at = 0; ;)
        {
            var feed = text[at..].IndexOf('\n');
            if (feed < 0)
            {
                return text.Length;
            }

            at += feed + 1;
            var rest = text[at..];
            var next = rest.IndexOf('\n');
            if ((next < 0 ? rest : rest[..next]).IsWhiteSpace())
            {
                return at;
            }
        }
    }

    [GeneratedRegex(@"^\\begin\{([a-zA-Z]+\*?)\}")]
    private static partial Regex Begin();
}

/// <summary>
/// Parses everything between the delimiters as one block, as Jupyter does: inside, a line that begins with "=" or "+" is
/// mathematics, not a heading or a list.
/// </summary>
internal sealed class DisplayFormulaParser : BlockParser
{
    public DisplayFormulaParser() => OpeningCharacters = ['$', '\\'];

    public override BlockState TryOpen(BlockProcessor processor)
    {
        var line = processor.Line.ToString();
        if (processor.IsCodeIndent || FormulaMarks.At(line) is not { IsDisplay: true } marks || (marks.Open != "$$" && !IsWhole(processor.Line, marks)))
        {
            return BlockState.None;
        }

        var close = line.IndexOf(marks.Close, marks.Open.Length, StringComparison.Ordinal);
        if (close >= 0 && marks.Open == "$$" && line[(close + marks.Close.Length)..].Trim().Length > 1)
        {
            return BlockState.None; // a formula inside a sentence
        }

        var formula = new DisplayFormula(this, marks) { Column = processor.Column, Span = new SourceSpan(processor.Start, processor.Line.End) };
        processor.NewBlocks.Push(formula);
        return Take(formula, line, marks.IsKept ? 0 : marks.Open.Length);
    }

    public override BlockState TryContinue(BlockProcessor processor, Block block)
    {
        block.UpdateSpanEnd(processor.Line.End);
        return Take((DisplayFormula)block, processor.Line.ToString(), 0);
    }

    private static BlockState Take(DisplayFormula formula, string line, int from)
    {
        var mark = formula.Marks.Close;
        var close = line.IndexOf(mark, from, StringComparison.Ordinal);
        if (formula.Marks.IsKept)
        {
            formula.Rows.Add(line);
            return formula.Marks.FindClose(string.Join('\n', formula.Rows)) < 0 ? BlockState.ContinueDiscard : BlockState.BreakDiscard;
        }

        formula.Rows.Add(close < 0 ? line[from..] : line[from..close] + line[(close + mark.Length)..]);
        return close < 0 ? BlockState.ContinueDiscard : BlockState.BreakDiscard;
    }

    // Closed within the paragraph and followed by at most a full stop; otherwise it is an inline formula.
    private static bool IsWhole(StringSlice line, FormulaMarks marks)
    {
        var text = line.Text.AsSpan(line.Start);
        var close = marks.FindClose(text);
        if (close < 0 || !marks.IsFormula(text[marks.Open.Length..close]))
        {
            return false;
        }

        var behind = text[(close + marks.Close.Length)..];
        var feed = behind.IndexOf('\n');
        return (feed < 0 ? behind : behind[..feed]).Trim().Length <= 1;
    }
}

/// <summary>Parses the same delimiters inside a sentence.</summary>
internal sealed class LatexInlineParser : InlineParser
{
    public LatexInlineParser() => OpeningCharacters = ['\\'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var text = slice.Text.AsSpan(slice.Start, slice.End - slice.Start + 1);
        if (FormulaMarks.At(text) is not { } marks || marks.FindClose(text) is not (> 0 and var close) || !marks.IsFormula(text[marks.Open.Length..close]))
        {
            return false;
        }

        var end = close + marks.Close.Length;
        var source = marks.IsKept ? text[..end] : text[marks.Open.Length..close];
        processor.Inline = new LatexInline(source.ToString(), marks.IsDisplay);
        slice.Start += end;
        return true;
    }
}

internal sealed class LatexInline(string source, bool isDisplay) : LeafInline
{
    public string Source => source;

    public bool IsDisplay => isDisplay;
}

internal sealed class LatexInlineRenderer : HtmlObjectRenderer<LatexInline>
{
    protected override void Write(HtmlRenderer renderer, LatexInline formula) =>
        renderer.Write(formula.IsDisplay ? Formula.DisplayInSentence(formula.Source) : Formula.Inline(formula.Source));
}

internal sealed class DisplayFormulaRenderer : HtmlObjectRenderer<DisplayFormula>
{
    protected override void Write(HtmlRenderer renderer, DisplayFormula formula)
    {
        renderer.EnsureLine();
        var html = Formula.Display(string.Join('\n', formula.Rows));
        renderer.Write(formula.Number is { } number ? Formula.Numbered(html, number) : html);
        renderer.EnsureLine();
    }
}
