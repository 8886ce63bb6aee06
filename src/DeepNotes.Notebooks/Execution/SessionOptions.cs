namespace DeepNotes.Notebooks.Execution;

/// <summary>The options of a session.</summary>
/// <param name="WorkingDirectory">The notebook's folder, to which <c>#r</c>, <c>#load</c> and relative paths in cells refer.</param>
public sealed record SessionOptions(string WorkingDirectory)
{
    /// <summary>Environment variables added to those of this process (DEEPNOTES_FAST, DEEPNOTES_DATA).</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Console characters kept per cell; the excess is counted and dropped.</summary>
    public int ConsoleLimit { get; init; } = 1 << 20;

    /// <summary>The time between an interrupt and killing the process.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);
}
