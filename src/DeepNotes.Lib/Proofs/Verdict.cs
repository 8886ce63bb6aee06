using System.Text;

namespace DeepNotes;

/// <summary>The ruling on a claim of the sources.</summary>
public enum Ruling
{
    /// <summary>The claim holds as written.</summary>
    Right,

    /// <summary>The claim holds under a condition that the text omits.</summary>
    RightWithCondition,

    /// <summary>The idea is right, the wording is not.</summary>
    Imprecise,

    /// <summary>A derivation or an experiment contradicts the claim.</summary>
    Wrong,
}

/// <summary>The verdict on a claim of the sources, shown as a box by the cell that proves it.</summary>
[TypeFormatterSource(typeof(DisplayableFormatterSource), MimeTypes.Html, MimeTypes.PlainText)]
public sealed record Verdict : IDisplayable
{
    private readonly string _id;
    private readonly string _source;
    private readonly string _quote;
    private readonly string _claim;
    private readonly Ruling _ruling;
    private readonly string _correction;
    private readonly string _interview;
    private readonly string _figure;

    /// <param name="id">The claim's id in notebooks/topics.tsv: "V01".</param>
    /// <param name="source">Text and line: "000:15".</param>
    /// <param name="quote">The claim as quoted, with enough context to be fair to the author.</param>
    /// <param name="ruling">The ruling.</param>
    /// <param name="correction">What is true instead, or under which condition.</param>
    /// <param name="interview">One sentence to say in an interview.</param>
    /// <param name="figure">The measured figure that supports the ruling.</param>
    /// <param name="claim">The part of the quotation that is judged; by default all of it.</param>
    /// <exception cref="ArgumentException">The claim is not in the quotation.</exception>
    public Verdict(
        string id, string source, string quote, Ruling ruling, string correction, string interview, string figure, string? claim = null)
    {
        if (claim is not null && !quote.Contains(claim, StringComparison.Ordinal))
        {
            throw new ArgumentException($"Verdict {id}: expected a part of the quotation \"{quote}\" as its claim, got \"{claim}\".", nameof(claim));
        }

        (_id, _source, _quote, _claim, _ruling) = (id, source, quote, claim ?? quote, ruling);
        (_correction, _interview, _figure) = (correction, interview, figure);
    }

    private (string Class, string Name) Shown => _ruling switch
    {
        Ruling.Right => ("right", "right"),
        Ruling.RightWithCondition => ("condition", "right, with a condition left out"),
        Ruling.Imprecise => ("imprecise", "imprecise"),
        _ => ("wrong", "wrong"),
    };

    // The judged part of the quotation in bold.
    private string Quotation
    {
        get
        {
            var start = _quote.IndexOf(_claim, StringComparison.Ordinal);
            var (before, after) = (_quote[..start], _quote[(start + _claim.Length)..]);
            return $"{HtmlTable.Escape(before)}<strong>{HtmlTable.Escape(_claim)}</strong>{HtmlTable.Escape(after)}";
        }
    }

    /// <summary>Several verdicts, one below the other.</summary>
    public static VerdictTable Table(params Verdict[] verdicts) => new(verdicts);

    /// <inheritdoc/>
    public string ToHtml() =>
        $"<div class=\"deepnotes-verdict deepnotes-verdict-{Shown.Class}\" data-claim=\"{HtmlTable.Escape(_id)}\">"
        + $"<p><span class=\"deepnotes-verdict-ruling\">{Shown.Name}</span> "
        + $"<q class=\"deepnotes-verdict-words\" lang=\"zh\">{Quotation}</q> <cite>{HtmlTable.Escape(Place)}</cite></p>"
        + $"<p class=\"deepnotes-verdict-correction\">{HtmlTable.Escape(_correction)}</p>"
        + $"<p class=\"deepnotes-verdict-interview\"><em>Say in the interview:</em> {HtmlTable.Escape(_interview)}</p>"
        + $"<p class=\"deepnotes-verdict-figure\"><em>Measured:</em> {HtmlTable.Escape(_figure)}</p></div>";

    /// <inheritdoc/>
    public string ToPlainText() => $"“{_quote}” ({Place}): {Shown.Name}. {_correction} Say in the interview: {_interview} Measured: {_figure}";

    private string Place => _source.Split(':') is [var text, var line] ? $"source {text}, line {line}" : $"source {_source}";
}

/// <summary>Several verdicts, one below the other.</summary>
[TypeFormatterSource(typeof(DisplayableFormatterSource), MimeTypes.Html, MimeTypes.PlainText)]
public sealed class VerdictTable : IDisplayable
{
    private readonly Verdict[] _verdicts;

    internal VerdictTable(Verdict[] verdicts) => _verdicts = verdicts;

    /// <inheritdoc/>
    public string ToHtml() => new StringBuilder("<div class=\"deepnotes-verdict-table\">")
        .AppendJoin("", _verdicts.Select(verdict => verdict.ToHtml())).Append("</div>").ToString();

    /// <inheritdoc/>
    public string ToPlainText() => string.Join('\n', _verdicts.Select(verdict => verdict.ToPlainText()));
}
