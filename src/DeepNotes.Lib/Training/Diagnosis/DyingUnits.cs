namespace DeepNotes;

/// <summary>Finds layers in which at least a tenth of the units output 0 for every monitored sample.</summary>
internal static class DyingUnits
{
    private const double MinFraction = 0.1;

    public static IEnumerable<TrainingFinding> Find(TrainingMonitor monitor)
    {
        var layers = monitor.DeadUnits.Where(layer => layer.Dead > 0 && layer.Dead >= MinFraction * layer.Units).ToList();
        if (layers.Count > 0)
        {
            yield return new TrainingFinding(
                Symptom.DeadUnits, false,
                string.Join("; ", layers.Select(layer => $"{layer.Name}: {layer.Dead} of {layer.Units} units are 0 for every sample seen")) + ".",
                "A rectifier whose input is negative for every sample gives out 0 and passes no gradient back: it cannot come to life again by itself. Too large a step or a large negative bias puts it there.",
                "A smaller learning rate, LeakyReLU or ELU, He's initialisation, biases of 0, batch normalisation in front.");
        }
    }
}
