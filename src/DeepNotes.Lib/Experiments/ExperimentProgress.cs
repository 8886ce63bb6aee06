namespace DeepNotes;

/// <summary>The bar of a running experiment; its result takes the place.</summary>
[TypeFormatterSource(typeof(DisplayableFormatterSource), MimeTypes.Html, MimeTypes.PlainText)]
internal sealed class ExperimentProgress : IDisplayable
{
    private readonly LiveBar _bar;
    private readonly int _runs;
    private int _begun;
    private string _current = "";

    public ExperimentProgress(int runs)
    {
        _runs = runs;
        _bar = new LiveBar(this);
    }

    private int Done => Math.Max(0, _begun - 1);

    public void Next(string run)
    {
        (_begun, _current) = (_begun + 1, run);
        _bar.Draw((double)Done / _runs);
    }

    public void End(ExperimentResult result) => _bar.End(result);

    public string ToHtml() => LiveBar.Html(Done, _runs, ToPlainText());

    public string ToPlainText() => _begun == 0 ? $"{_runs} runs" : $"run {_begun} of {_runs}: {_current}";
}
