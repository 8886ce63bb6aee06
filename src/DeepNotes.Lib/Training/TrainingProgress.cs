using System.Diagnostics;

namespace DeepNotes;

/// <summary>
/// The progress bar of a running training, replaced by its history at the end.
/// </summary>
[TypeFormatterSource(typeof(DisplayableFormatterSource), MimeTypes.Html, MimeTypes.PlainText)]
internal sealed class TrainingProgress : Callback, IDisplayable
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly TrainingRun _run;
    private readonly int _stepsBefore;
    private readonly ProgressBar _bar;

    public TrainingProgress(TrainingRun run)
    {
        (_run, _stepsBefore) = (run, run.History.StepLosses.Count);
        _bar = new ProgressBar(this);
    }

    private int Done => _run.History.StepLosses.Count;

    public override void OnStep(TrainingRun run) => _bar.Draw((double)Done / _run.Steps);

    public override void OnEnd(TrainingRun run) =>
        _bar.End(run.History.End is TrainingEnd.Completed or TrainingEnd.Stopped ? run.History : null);

    public string ToHtml() => ProgressBar.Html(Done, _run.Steps, ToPlainText());

    public string ToPlainText()
    {
        var made = Done - _stepsBefore;
        var left = made == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(_start) * ((double)(_run.Steps - Done) / made);
        return made == 0
            ? $"step {Done} of {_run.Steps}"
            : $"step {Done} of {_run.Steps}, loss {_run.History.StepLosses[^1]:F4}, {left.TotalSeconds:F0} s left";
    }
}
