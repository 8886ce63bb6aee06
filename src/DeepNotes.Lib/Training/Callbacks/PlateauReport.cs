namespace DeepNotes;

/// <summary>
/// Reports a metric of each epoch to a <see cref="ReduceOnPlateau"/>. Its schedule is assigned to the optimizer unless that
/// has one; to use both, multiply them: <c>Schedule = step =&gt; cosine(step) * plateau.Factor</c>.
/// </summary>
/// <param name="plateau">The schedule that reduces the learning rate; its <c>largerIsBetter</c> must match the metric.</param>
/// <param name="metric">The metric to report; by default the validation loss.</param>
public sealed class PlateauReport(ReduceOnPlateau plateau, EpochMetric? metric = null) : Callback
{
    private readonly EpochMetric _metric = metric ?? EpochMetric.ValidationLoss;

    /// <inheritdoc/>
    public override void OnStart(TrainingRun run) => run.Optimizer.Schedule ??= plateau.Schedule;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The epoch has no such metric, for instance without validation data.</exception>
    public override void OnEpoch(TrainingRun run) => plateau.Report(_metric.Read(run.History.Last, nameof(PlateauReport)));

    /// <inheritdoc/>
    public override CallbackState Save() => CallbackState.None with
    {
        Numbers = new Dictionary<string, double>
        {
            ["factor"] = plateau.State.Factor,
            ["best"] = plateau.State.Best,
            ["waited"] = plateau.State.Waited,
            ["cooling"] = plateau.State.Cooling,
        },
    };

    /// <inheritdoc/>
    public override void Restore(CallbackState state) => plateau.State = new PlateauState(
        state.Numbers["factor"], state.Numbers["best"], (int)state.Numbers["waited"], (int)state.Numbers["cooling"]);
}
