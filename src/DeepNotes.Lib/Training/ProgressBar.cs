namespace DeepNotes;

/// <summary>
/// A progress bar, redrawn a few times a second, in a notebook, where a result replaces it at the end, or on a terminal. Draws
/// nothing if the output is redirected.
/// </summary>
/// <param name="content">The task in progress, rendered by <see cref="Html"/> and as a line of text.</param>
internal sealed class ProgressBar(IDisplayable content)
{
    private readonly FrameClock _clock = new(TimeSpan.FromMilliseconds(250));
    private readonly LiveDisplay _display = Live.Show(content);
    private readonly TerminalProgressBar? _terminal = Live.HasSink || Console.IsOutputRedirected ? null : new TerminalProgressBar(Console.Out);

    public static string Html(int done, int all, string text) =>
        $"<div class=\"deepnotes-progress\"><progress max=\"{all}\" value=\"{done}\"></progress> {HtmlTable.Escape(text)}</div>";

    /// <param name="fraction">The completed fraction, from 0 to 1.</param>
    public void Draw(double fraction)
    {
        if (_clock.IsDue())
        {
            _display.Update(content);
            _terminal?.Show(fraction, content.ToPlainText());
        }
    }

    /// <param name="result">The value that replaces the bar; null to leave the bar.</param>
    public void End(object? result)
    {
        _terminal?.End();
        if (result is not null)
        {
            _display.Update(result);
        }
    }
}
