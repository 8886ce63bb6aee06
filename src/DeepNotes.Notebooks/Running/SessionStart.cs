using DeepNotes.Notebooks.Execution;

namespace DeepNotes.Notebooks.Running;

/// <summary>Starts the session that one notebook is executed in.</summary>
/// <param name="workingDirectory">The notebook's folder: relative paths in cells start there.</param>
/// <param name="environment">Variables that the session sees besides those of this process.</param>
/// <param name="cancellation">Gives up starting.</param>
public delegate Task<ISession> SessionStart(
    string workingDirectory, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation);
