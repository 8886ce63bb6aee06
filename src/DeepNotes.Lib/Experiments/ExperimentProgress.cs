namespace DeepNotes;

/// <summary>The bar of a running experiment; its result takes the place.</summary>
[TypeFormatterSource(typeof(DisplayableFormatterSource), MimeTypes.Html, MimeTypes.PlainText)]
internal sealed class ExperimentProgress : IDisplayable
{
    private readonly Lock _gate = new();
    private readonly ProgressBar _bar;
    private readonly int _runs;
    private int _ended;
    private string _latest = "";

    public ExperimentProgress(int runs)
    {
        _runs = runs;
        _bar = new ProgressBar(this);
    }

    /// <summary>A run begins; several may go side by side.</summary>
    public void Begin(string run)
    {
        lock (_gate)
        {
            _latest = run;
            _bar.Draw((double)_ended / _runs);
        }
    }

    /// <summary>One of the runs that began has ended.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended++;
        }
    }

    /// <summary>All have ended: the result takes the bar's place.</summary>
    public void End(ExperimentResult result) => _bar.End(result);

    public string ToHtml() => ProgressBar.Html(_ended, _runs, ToPlainText());

    public string ToPlainText() => _latest.Length == 0 ? $"{_runs} runs" : $"{_ended} of {_runs} runs: {_latest}";
}
