namespace DeepNotes;

/// <summary>The progress bar of a running experiment, replaced by its result at the end.</summary>
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

    /// <summary>Called when a run begins; several may be in progress.</summary>
    public void Begin(string run)
    {
        lock (_gate)
        {
            _latest = run;
            _bar.Draw((double)_ended / _runs);
        }
    }

    /// <summary>Called when a run has ended.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended++;
        }
    }

    /// <summary>Called when all runs have ended: replaces the bar by the result.</summary>
    public void End(ExperimentResult result) => _bar.End(result);

    public string ToHtml() => ProgressBar.Html(_ended, _runs, ToPlainText());

    public string ToPlainText() => _latest.Length == 0 ? $"{_runs} runs" : $"{_ended} of {_runs} runs: {_latest}";
}
