namespace DeepNotes.Notebooks.Browsers;

/// <summary>The browser did not start, did not answer, or a page did not do what was waited for.</summary>
public sealed class BrowserException(string message) : Exception(message)
{
    // Chromium's words for a script whose page was left before it answered; the protocol has no code for it.
    private static readonly string[] Leaving = ["navigated or closed", "context was destroyed", "Cannot find context"];

    /// <summary>Whether the page on which a script ran was left for another one: the next page may be asked again.</summary>
    public bool PageWasLeft => Leaving.Any(words => Message.Contains(words, StringComparison.Ordinal));
}
