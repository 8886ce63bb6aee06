using System.Text;

namespace DeepNotes;

/// <summary>What a trial found of a claim.</summary>
public enum Ruling
{
    /// <summary>It holds as it stands.</summary>
    True,

    /// <summary>It holds under a condition that the claim does not name.</summary>
    Conditional,

    /// <summary>It does not hold.</summary>
    False,
}

/// <summary>The verdict on a claim of the sources, as a uniform box; the cell that shows it proves it first.</summary>
/// <param name="Id">The claim's id in notebooks/topics.tsv: "V01".</param>
/// <param name="Source">Text and line: "000:15".</param>
/// <param name="Words">The claim in its own words.</param>
/// <param name="Ruling">What the trial found.</param>
/// <param name="Because">Why, with the condition where there is one.</param>
/// <param name="Figure">The measured figure that it rests on.</param>
[TypeFormatterSource(typeof(DisplayableFormatterSource), MimeTypes.Html, MimeTypes.PlainText)]
public sealed record Verdict(string Id, string Source, string Words, Ruling Ruling, string Because, string Figure) : IDisplayable
{
    private string Name => Ruling.ToString().ToLowerInvariant();

    /// <summary>Several small verdicts as one table.</summary>
    public static VerdictTable Table(params Verdict[] verdicts) => new(verdicts);

    /// <inheritdoc/>
    public string ToHtml() =>
        $"<div class=\"deepnotes-verdict deepnotes-verdict-{Name}\"><p><span class=\"deepnotes-verdict-ruling\">{Name}</span> "
        + $"<span class=\"deepnotes-verdict-id\">{Id}</span> "
        + $"<q class=\"deepnotes-verdict-words\">{HtmlTable.Escape(Words)}</q> <cite>{HtmlTable.Escape(Source)}</cite></p>"
        + $"<p class=\"deepnotes-verdict-because\">{HtmlTable.Escape(Because)}</p>"
        + $"<p class=\"deepnotes-verdict-figure\">{HtmlTable.Escape(Figure)}</p></div>";

    /// <inheritdoc/>
    public string ToPlainText() => $"{Id} ({Source}) “{Words}”: {Name}. {Because} [{Figure}]";
}

/// <summary>Verdicts one below the other.</summary>
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
