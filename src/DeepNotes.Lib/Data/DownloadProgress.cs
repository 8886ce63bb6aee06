namespace DeepNotes;

/// <summary>How far a download has come.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Received">Bytes so far.</param>
/// <param name="Total">Bytes in all.</param>
public readonly record struct DownloadProgress(string File, long Received, long Total);
