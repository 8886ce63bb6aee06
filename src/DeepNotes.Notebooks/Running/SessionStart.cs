using DeepNotes.Notebooks.Execution;

namespace DeepNotes.Notebooks.Running;

/// <summary>Starts the session in which one notebook is executed.</summary>
/// <param name="workingDirectory">The notebook's folder, to which relative paths in cells refer.</param>
/// <param name="environment">Environment variables added to those of this process.</param>
/// <param name="cancellation">Cancels the start.</param>
public delegate Task<ISession> SessionStart(
    string workingDirectory, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation);
