namespace DeepNotes;

/// <summary>The curves of a training: loss, accuracy where there are labels, the learning rate.</summary>
internal static class HistoryChart
{
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
        var steps = Enumerable.Range(1, history.StepLosses.Count).ToArray();
        var losses = history.StepLosses.Select(loss => (double)loss).ToArray();
        var curves = new List<Chart> { Chart.Line(steps, losses, "batch"), Chart.Line(steps, Smoothing.Of(losses, Smoothing.Strength(losses.Length)), "smoothed") };
        if (history.Epochs.Count > 0 && history.Epochs.All(epoch => epoch.ValidationLoss is not null))
        {
            curves.Add(Chart.Line(history.EpochSteps, history.Epochs.Select(epoch => epoch.ValidationLoss!.Value), "validation", markers: true));
        }

        return Chart.Combine(curves).WithTitle("Loss").WithXAxis("step").WithYAxis("loss");
    }

    public static Chart DrawRates(History history) =>
        Chart.Line(Enumerable.Range(1, history.StepLearningRates.Count), history.StepLearningRates)
            .WithTitle("Learning rate").WithXAxis("step").WithYAxis("learning rate");

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
