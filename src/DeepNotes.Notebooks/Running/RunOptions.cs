namespace DeepNotes.Notebooks.Running;

/// <param name="Fingerprint">The fingerprint of the run, which includes its mode.</param>
/// <param name="CellTimeLimit">The time limit of each cell.</param>
public sealed record RunOptions(RunFingerprint Fingerprint, TimeSpan CellTimeLimit);
