namespace DeepNotes;

/// <summary>All proofs of a cell as one line, "✓ 7 checks", that opens; one that fails is in sight.</summary>
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
