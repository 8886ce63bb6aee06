using MathNet.Numerics.Statistics;

namespace DeepNotes;

/// <summary>
/// Finds the four signs of exploding gradients: the loss jumps, gradients grow quickly, weights become NaN, elements of
/// gradients stay above 1. The first and third follow from the history, the others need a monitor.
/// </summary>
internal static class ExplodingGradients
{
    private const string Reason =
        "Going back, each layer multiplies the gradient; where the factors are larger than 1, the product grows exponentially with depth.";

    private const string Advice =
        "Clip the gradients (GlobalClipNorm = 1); a smaller learning rate; He's or Xavier's initialisation, batch normalisation, residual connections; standardised inputs.";

    // A jump is a loss above three times the median of the steps before it and above the first loss: the noise of small losses is no jump.
    private const int StepsBefore = 10;
    private const double Jump = 3;

    private const double Growth = 10;
    private const double LargeElement = 1;

    public static IEnumerable<TrainingFinding> Find(History history, TrainingMonitor? monitor, Layer? network) =>
    [
        .. UnstableLoss(history.StepLosses),
        .. monitor is null ? [] : GrowingGradients(monitor),
        .. NotANumber(history, network),
        .. monitor is null ? [] : LargeGradients(monitor),
    ];

    private static IEnumerable<TrainingFinding> UnstableLoss(IReadOnlyList<float> losses)
    {
        var jumps = Enumerable.Range(1, Math.Max(0, losses.Count - 1)).Where(i => IsJump(losses, i)).ToList();
        if (jumps.Count > 0)
        {
            var step = jumps.MaxBy(i => losses[i]);
            yield return new TrainingFinding(
                Symptom.UnstableLoss, false,
                $"The loss jumps at {jumps.Count} of {losses.Count} steps, up to {losses[step]:G3} at step {step + 1}; it began with {losses[0]:G3}.",
                Reason, Advice);
        }
    }

    private static bool IsJump(IReadOnlyList<float> losses, int i) =>
        losses[i] > losses[0] && losses[i] > Jump * losses.Skip(i - StepsBefore).Take(Math.Min(i, StepsBefore)).Select(loss => (double)loss).Median();

    private static IEnumerable<TrainingFinding> GrowingGradients(TrainingMonitor monitor)
    {
        var norms = monitor.Parameters.GroupBy(row => row.Step)
            .Select(rows => Math.Sqrt(rows.Sum(row => row.GradientNorm * row.GradientNorm))).ToList();
        var part = (norms.Count + 3) / 4;
        if (norms.Count < 2)
        {
            yield break;
        }

        var (first, last) = (norms.Take(part).Median(), norms.TakeLast(part).Median());
        if (last > Growth * first)
        {
            yield return new TrainingFinding(
                Symptom.GrowingGradients, false, $"The norm of all gradients grew from {first:G3} to {last:G3}.", Reason, Advice);
        }
    }

    private static IEnumerable<TrainingFinding> NotANumber(History history, Layer? network)
    {
        var broken = network?.NamedParameters
            .Where(named => named.Parameter.IsAllocated && !named.Parameter.Value.ToArray().All(float.IsFinite))
            .Select(named => named.Name).ToList() ?? [];
        var evidence = new List<string>();
        if (broken.Count > 0)
        {
            evidence.Add($"NaN or infinity in the weights {string.Join(", ", broken)}.");
        }

        if (history.End == TrainingEnd.NonFinite)
        {
            evidence.Add(history.EndReason!);
        }

        if (evidence.Count > 0)
        {
            yield return new TrainingFinding(
                Symptom.NotANumber, false,
                string.Join(' ', evidence),
                "A number outgrew float32 (3.4e38), and infinity minus infinity, 0 times infinity, 0/0 or log 0 became NaN; a NaN in the inputs does the same.",
                "Build the network anew: NaN does not go away. A smaller learning rate or clipping; losses that take scores, not probabilities; look for NaN in the inputs.");
        }
    }

    private static IEnumerable<TrainingFinding> LargeGradients(TrainingMonitor monitor)
    {
        var large = monitor.Parameters.GroupBy(row => row.Name)
            .Where(rows => rows.Count() >= 2 && rows.Count(row => row.LargestGradient > LargeElement) > rows.Count() / 2)
            .Select(rows => rows.Key).ToList();
        if (large.Count > 0)
        {
            yield return new TrainingFinding(
                Symptom.LargeGradients, false,
                $"Gradients of {string.Join(", ", large)} have elements above 1 at most steps.",
                Reason + " The limit of 1 is a convention: it depends on the scale of the loss.", Advice);
        }
    }
}
