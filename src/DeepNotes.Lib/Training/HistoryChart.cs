namespace DeepNotes;

/// <summary>The curves of a training: loss, and accuracy where there are labels.</summary>
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
