namespace DeepNotes;

/// <summary>A claim, the figure measured for it, and whether it holds.</summary>
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

/// <summary>Thrown for a claim that does not hold; the message contains the measured figure.</summary>
public sealed class ProofException(Proof proof) : Exception(proof.ToPlainText())
{
    /// <summary>The claim that failed.</summary>
    public Proof Proof { get; } = proof;
}

/// <summary>All proofs of a cell as one expandable line, "✓ 7 checks", expanded if one fails.</summary>
[TypeFormatterSource(typeof(DisplayableFormatterSource), MimeTypes.Html, MimeTypes.PlainText)]
internal sealed class ProofList(IReadOnlyList<Proof> proofs) : IDisplayable
{
    private readonly IReadOnlyList<Proof> _failed = [.. proofs.Where(proof => !proof.Holds)];

    public string ToHtml() => $"<details class=\"deepnotes-proofs\"{(_failed.Count > 0 ? " open" : "")}><summary>{HtmlTable.Escape(Summary)}</summary>"
        + $"{string.Concat(proofs.Select(proof => proof.ToHtml()))}</details>";

    public string ToPlainText() => string.Join('\n', proofs.Select(proof => proof.ToPlainText()));

    private string Summary => _failed.Count > 0
        ? $"✗ {_failed.Count} of {proofs.Count} checks failed: {_failed[0].Claim}"
        : proofs.Count == 1 ? $"✓ {proofs[0].Claim}" : $"✓ {proofs.Count} checks";
}
