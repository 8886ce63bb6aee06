namespace DeepNotes;

/// <summary>The bar of a running experiment; its result takes the place.</summary>
[TypeFormatterSource(typeof(DisplayableFormatterSource), MimeTypes.Html, MimeTypes.PlainText)]
internal sealed class ExperimentProgress : IDisplayable
{
    private readonly FrameClock _clock = new(TimeSpan.FromMilliseconds(250));
    private readonly LiveDisplay _display;
    private readonly TerminalBar? _terminal = Live.HasSink || Console.IsOutputRedirected ? null : new TerminalBar(Console.Out);
    private readonly int _runs;
    private int _begun;
    private string _current = "";

    public ExperimentProgress(int runs)
    {
        _runs = runs;
        _display = Live.Show(this);
    }

    public void Next(string run)
    {
        (_begun, _current) = (_begun + 1, run);
        if (_clock.IsDue())
        {
            _display.Update(this);
            _terminal?.Show((_begun - 1.0) / _runs, ToPlainText());
        }
    }

    public void End(ExperimentResult result)
    {
        _terminal?.End();
        _display.Update(result);
    }

    public string ToHtml() =>
        $"<div class=\"deepnotes-progress\"><progress max=\"{_runs}\" value=\"{Math.Max(0, _begun - 1)}\"></progress> {HtmlTable.Escape(ToPlainText())}</div>";

    public string ToPlainText() => _begun == 0 ? $"{_runs} runs" : $"run {_begun} of {_runs}: {_current}";
}
