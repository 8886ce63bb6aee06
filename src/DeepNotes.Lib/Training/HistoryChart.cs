namespace DeepNotes;

/// <summary>The charts of a training: loss, accuracy if there are labels, learning rate.</summary>
internal static class HistoryChart
{
    // Bounds the size of a figure: every step of a long training would make a notebook too large.
    private const int MaxSteps = 1000;

    public static Chart Draw(History history)
    {
        var loss = Curves(history, "Loss", "loss (nats)", epoch => epoch.Loss, epoch => epoch.ValidationLoss);
        if (history.Epochs.All(epoch => epoch.Accuracy is null))
        {
            return loss.WithYAxis("loss");
        }

        var accuracy = Curves(history, "Accuracy", "share right", epoch => epoch.Accuracy, epoch => epoch.ValidationAccuracy);
        return Chart.Grid([loss, accuracy]);
    }

    public static Chart DrawSteps(History history)
    {
        var losses = history.StepLosses.Select(loss => (double)loss).ToArray();
        var smoothed = Smoothing.Of(losses, Smoothing.Strength(losses.Length));
        var shown = Shown(losses.Length);
        var curves = new List<Chart>
        {
            Chart.Line(shown, shown.Select(step => losses[step - 1]), "batch"),
            Chart.Line(shown, shown.Select(step => smoothed[step - 1]), "smoothed"),
        };
        if (history.Epochs.Count > 0 && history.Epochs.All(epoch => epoch.ValidationLoss is not null))
        {
            curves.Add(Chart.Line(history.EpochSteps, history.Epochs.Select(epoch => epoch.ValidationLoss!.Value), "validation", markers: true));
        }

        return Chart.Combine(curves).WithTitle("Loss").WithXAxis("step").WithYAxis("loss");
    }

    public static Chart DrawRates(History history)
    {
        var shown = Shown(history.StepLearningRates.Count);
        return Chart.Line(shown, shown.Select(step => history.StepLearningRates[step - 1]))
            .WithTitle("Learning rate").WithXAxis("step").WithYAxis("learning rate");
    }

    // The first step, the last one, and evenly spaced ones between them.
    private static int[] Shown(int steps) => steps <= MaxSteps
        ? [.. Enumerable.Range(1, steps)]
        : [.. Enumerable.Range(0, MaxSteps).Select(i => 1 + (int)((long)i * (steps - 1) / (MaxSteps - 1)))];

    private static Chart Curves(
        History history, string title, string unit, Func<EpochResult, double?> training, Func<EpochResult, double?> validation)
    {
        var curves = new[] { ("training", training), ("validation", validation) }
            .Where(curve => history.Epochs.All(epoch => curve.Item2(epoch) is not null))
            .Select(curve => Chart.Line(
                history.Epochs.Select(epoch => epoch.Epoch), history.Epochs.Select(epoch => curve.Item2(epoch)!.Value), curve.Item1, markers: true));
        return Chart.Combine(curves).WithTitle(title).WithXAxis("epoch").WithYAxis(unit);
    }
}
