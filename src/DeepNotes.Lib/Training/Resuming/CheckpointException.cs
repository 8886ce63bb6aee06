namespace DeepNotes;

/// <summary>A checkpoint that does not fit or was changed; the message names the file, what was expected and what was found.</summary>
public sealed class CheckpointException : IOException
{
    internal CheckpointException(string path, string problem, Exception? cause = null)
        : base($"Checkpoint {path}: {problem}", cause) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }
}
