using System.Diagnostics;

namespace DeepNotes;

/// <summary>
/// The bar of a running training, redrawn a few times a second: in a notebook, where the finished history takes its
/// place, or on a terminal; nothing where output goes into a file.
/// </summary>
[TypeFormatterSource(typeof(DisplayableFormatterSource), MimeTypes.Html, MimeTypes.PlainText)]
internal sealed class TrainingProgress : Callback, IDisplayable
{
    private readonly FrameClock _clock = new(TimeSpan.FromMilliseconds(250));
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly TrainingRun _run;
    private readonly int _stepsBefore;
    private readonly LiveDisplay _display;
    private readonly TerminalBar? _terminal;

    public TrainingProgress(TrainingRun run)
    {
        (_run, _stepsBefore) = (run, run.History.StepLosses.Count);
        _display = Live.Show(this);
        _terminal = Live.HasSink || Console.IsOutputRedirected ? null : new TerminalBar(Console.Out);
    }

    private int Done => _run.History.StepLosses.Count;

    public override void OnStep(TrainingRun run)
    {
        if (_clock.IsDue())
        {
            _display.Update(this);
            _terminal?.Show((double)Done / _run.Steps, ToPlainText());
        }
    }

    public override void OnEnd(TrainingRun run)
    {
        _terminal?.End();
        if (run.History.End is TrainingEnd.Completed or TrainingEnd.Stopped)
        {
            _display.Update(run.History);
        }
    }

    public string ToHtml() =>
        $"<div class=\"deepnotes-progress\"><progress max=\"{_run.Steps}\" value=\"{Done}\"></progress> {ToPlainText()}</div>";

    public string ToPlainText()
    {
        var made = Done - _stepsBefore;
        var left = made == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(_start) * ((double)(_run.Steps - Done) / made);
        return made == 0
            ? $"step {Done} of {_run.Steps}"
            : $"step {Done} of {_run.Steps}, loss {_run.History.StepLosses[^1]:F4}, {left.TotalSeconds:F0} s left";
    }
}
