using System.Diagnostics;

namespace DeepNotes;

/// <summary>The bar of a running training, redrawn a few times a second; the finished history takes its place.</summary>
[TypeFormatterSource(typeof(DisplayableFormatterSource), MimeTypes.Html, MimeTypes.PlainText)]
internal sealed class TrainingProgress : IDisplayable
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(250);

    private readonly int _steps;
    private readonly History _history;
    private readonly LiveDisplay _display;
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _lastFrame = Stopwatch.GetTimestamp();

    public TrainingProgress(int steps, History history)
    {
        (_steps, _history) = (steps, history);
        _display = Live.Show(this);
    }

    public void Advance()
    {
        if (Stopwatch.GetElapsedTime(_lastFrame) >= Frame)
        {
            _lastFrame = Stopwatch.GetTimestamp();
            _display.Update(this);
        }
    }

    public void Finish() => _display.Update(_history);

    public string ToHtml() =>
        $"<div class=\"deepnotes-progress\"><progress max=\"{_steps}\" value=\"{_history.StepLosses.Count}\"></progress> {ToPlainText()}</div>";

    public string ToPlainText()
    {
        var done = _history.StepLosses.Count;
        var left = done == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(_start) * ((double)(_steps - done) / done);
        return done == 0 ? $"step 0 of {_steps}" : $"step {done} of {_steps}, loss {_history.StepLosses[^1]:F4}, {left.TotalSeconds:F0} s left";
    }
}
