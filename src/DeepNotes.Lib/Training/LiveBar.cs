namespace DeepNotes;

/// <summary>
/// The bar of long work, redrawn a few times a second: in a notebook, where a result takes its place, or on a terminal; nothing
/// where output goes into a file.
/// </summary>
/// <param name="face">The work, which shows itself as <see cref="Html"/> and as a line of text.</param>
internal sealed class LiveBar(IDisplayable face)
{
    private readonly FrameClock _clock = new(TimeSpan.FromMilliseconds(250));
    private readonly LiveDisplay _display = Live.Show(face);
    private readonly TerminalBar? _terminal = Live.HasSink || Console.IsOutputRedirected ? null : new TerminalBar(Console.Out);

    public static string Html(int done, int all, string text) =>
        $"<div class=\"deepnotes-progress\"><progress max=\"{all}\" value=\"{done}\"></progress> {HtmlTable.Escape(text)}</div>";

    /// <param name="share">How much is done, from 0 to 1.</param>
    public void Draw(double share)
    {
        if (_clock.IsDue())
        {
            _display.Update(face);
            _terminal?.Show(share, face.ToPlainText());
        }
    }

    /// <param name="result">What takes the bar's place; null leaves it.</param>
    public void End(object? result)
    {
        _terminal?.End();
        if (result is not null)
        {
            _display.Update(result);
        }
    }
}
