namespace DeepNotes;

/// <summary>Shows the loss curves during training, redrawn a few times a second; does nothing outside a notebook.</summary>
/// <param name="interval">The minimum time between two redraws; by default half a second.</param>
public sealed class LiveChart(TimeSpan? interval = null) : Callback
{
    private readonly FrameClock _clock = new(interval ?? TimeSpan.FromMilliseconds(500));
    private LiveDisplay? _display;

    /// <inheritdoc/>
    public override void OnStart(TrainingRun run) => _display = null;

    /// <inheritdoc/>
    public override void OnStep(TrainingRun run)
    {
        if (Live.HasSink && _clock.IsDue())
        {
            Draw(run);
        }
    }

    /// <inheritdoc/>
    public override void OnEnd(TrainingRun run)
    {
        if (Live.HasSink && run.History.StepLosses.Count > 0)
        {
            Draw(run);
        }
    }

    private void Draw(TrainingRun run)
    {
        var chart = run.History.StepChart();
        if (_display is null)
        {
            _display = Live.Show(chart);
        }
        else
        {
            _display.Update(chart);
        }
    }
}
