namespace DeepNotes.Notebooks.Running;

/// <param name="Fingerprint">What the run depends on; its mode is the mode of the run.</param>
/// <param name="CellTimeLimit">How long one cell may take.</param>
public sealed record RunOptions(RunFingerprint Fingerprint, TimeSpan CellTimeLimit);
