namespace DeepNotes;

/// <summary>
/// The diagnosis of a training: one of five patterns of its losses, any of four signs of exploding gradients, and dead
/// units, each with the evidence, the usual reason and what to try. These are rules of thumb with fixed thresholds:
/// indications, not proofs.
/// </summary>
[TypeFormatterSource(typeof(DisplayableFormatterSource), MimeTypes.Html, MimeTypes.PlainText)]
public sealed class Diagnosis : IDisplayable
{
    private Diagnosis(IReadOnlyList<TrainingFinding> findings) => Findings = findings;

    /// <summary>The findings; empty if nothing is conspicuous, or with fewer than three epochs with validation.</summary>
    public IReadOnlyList<TrainingFinding> Findings { get; }

    /// <summary>The symptoms of the findings.</summary>
    public IReadOnlyList<Symptom> Symptoms => [.. Findings.Select(finding => finding.Symptom)];

    /// <inheritdoc/>
    public string ToHtml() => Findings.Count == 0
        ? $"<div class=\"deepnotes-diagnosis\"><p>{Nothing}</p></div>"
        : $"<div class=\"deepnotes-diagnosis\">{string.Concat(Findings.Select(Box))}</div>";

    /// <inheritdoc/>
    public string ToPlainText() => Findings.Count == 0
        ? Nothing
        : string.Join("\n\n", Findings.Select(finding =>
            $"{(finding.IsGood ? "✓" : "✗")} {Title(finding)}\n  Seen: {finding.Evidence}\n  Why: {finding.Reason}\n  Try: {finding.Advice}"));

    internal static Diagnosis Of(History history, TrainingMonitor? monitor, Layer? network = null) => new(
    [
        .. LossPatterns.Find(history),
        .. ExplodingGradients.Find(history, monitor, network),
        .. monitor is null ? [] : DyingUnits.Find(monitor),
    ]);

    private const string Nothing = "Nothing stands out. The pattern of the losses needs three epochs with validation data; gradients and units need a TrainingMonitor.";

    private static string Box(TrainingFinding finding) =>
        $"<div class=\"deepnotes-proof{(finding.IsGood ? "" : " deepnotes-proof-fails")}\">"
        + $"<span class=\"deepnotes-proof-mark\">{(finding.IsGood ? "✓" : "✗")}</span>"
        + $"<div class=\"deepnotes-proof-claim\"><strong>{Title(finding)}</strong><br>{HtmlTable.Escape(finding.Evidence)}"
        + $"<br><em>Why:</em> {HtmlTable.Escape(finding.Reason)}<br><em>Try:</em> {HtmlTable.Escape(finding.Advice)}</div></div>";

    private static string Title(TrainingFinding finding) => finding.Symptom switch
    {
        Symptom.StillLearning => "Still learning",
        Symptom.Overfitting => "Overfitting",
        Symptom.DataSuspect => "The data are suspect",
        Symptom.Converged => "Converged, or stuck",
        Symptom.Diverging => "Diverging",
        Symptom.UnstableLoss => "Exploding gradients: the loss is unstable",
        Symptom.GrowingGradients => "Exploding gradients: they grow quickly",
        Symptom.NotANumber => "Exploding gradients: not a number",
        Symptom.LargeGradients => "Exploding gradients: they stay above 1",
        Symptom.DeadUnits => "Dead units",
        _ => $"{finding.Symptom}",
    };
}

/// <summary>One finding of a diagnosis.</summary>
/// <param name="Symptom">The symptom.</param>
/// <param name="IsGood">Whether it is no cause for concern.</param>
/// <param name="Evidence">The observation, with figures.</param>
/// <param name="Reason">The usual cause.</param>
/// <param name="Advice">What to try.</param>
public sealed record TrainingFinding(Symptom Symptom, bool IsGood, string Evidence, string Reason, string Advice);
