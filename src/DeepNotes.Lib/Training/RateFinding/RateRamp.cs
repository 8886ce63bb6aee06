namespace DeepNotes;

/// <summary>Raises the learning rate by a constant factor after each step, until the smoothed loss diverges.</summary>
internal sealed class RateRamp(float lowest, float highest, int steps, double beta, double breakout) : Callback
{
    private readonly List<double> _rates = [];
    private readonly List<double> _losses = [];

    public IReadOnlyList<double> Rates => _rates;

    public IReadOnlyList<double> Losses => _losses;

    public override void OnStart(TrainingRun run) => run.Optimizer.LearningRate = lowest;

    public override void OnStep(TrainingRun run)
    {
        _rates.Add(run.History.StepLearningRates[^1]);
        _losses.Add(run.History.StepLosses[^1]);
        var smoothed = Smoothing.Of(_losses, beta);
        if (_losses.Count >= steps || (_losses.Count >= 10 && smoothed[^1] > breakout * smoothed.Min()))
        {
            run.Stop("the range test is done");
            return;
        }

        run.Optimizer.LearningRate = (float)(lowest * Math.Pow((double)highest / lowest, _losses.Count / (steps - 1.0)));
    }
}
