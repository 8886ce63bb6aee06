namespace DeepNotes;

/// <summary>A claim, the figure that was measured for it, and whether it holds.</summary>
[TypeFormatterSource(typeof(DisplayableFormatterSource), MimeTypes.Html, MimeTypes.PlainText)]
public sealed record Proof(string Claim, string Figure, bool Holds) : IDisplayable
{
    /// <inheritdoc/>
    public string ToHtml() => $"<div class=\"deepnotes-proof deepnotes-proof-{(Holds ? "holds" : "fails")}\"><span class=\"deepnotes-proof-mark\">{Mark}</span> "
        + $"<strong class=\"deepnotes-proof-claim\">{HtmlTable.Escape(Claim)}</strong> "
        + $"<span class=\"deepnotes-proof-figure\">{HtmlTable.Escape(Figure)}</span></div>";

    /// <inheritdoc/>
    public string ToPlainText() => $"{Mark} {Claim} ({Figure})";

    private string Mark => Holds ? "✓" : "✗";
}

/// <summary>A claim that does not hold; the message says by how much.</summary>
public sealed class ProofException(Proof proof) : Exception(proof.ToPlainText())
{
    /// <summary>The claim that failed.</summary>
    public Proof Proof { get; } = proof;
}
