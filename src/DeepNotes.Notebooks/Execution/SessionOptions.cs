namespace DeepNotes.Notebooks.Execution;

/// <summary>How a session starts.</summary>
/// <param name="WorkingDirectory">The notebook's folder: <c>#r</c>, <c>#load</c> and files of the cells start here.</param>
public sealed record SessionOptions(string WorkingDirectory)
{
    /// <summary>Set in the session's process on top of this process's own environment (DEEPNOTES_FAST, DEEPNOTES_DATA).</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Characters of console text kept per cell; what a cell prints beyond is counted and dropped.</summary>
    public int ConsoleLimit { get; init; } = 1 << 20;

    /// <summary>How long a cell may take to stop, once asked, before the process is ended.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);
}
