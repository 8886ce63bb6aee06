namespace DeepNotes.Notebooks.Browsers;

/// <summary>The browser did not start, did not answer, or a page did not do what was waited for.</summary>
public sealed class BrowserException(string message) : Exception(message);
