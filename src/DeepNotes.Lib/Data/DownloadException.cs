namespace DeepNotes;

/// <summary>No mirror gave the right file, or it could not be stored; the message has each mirror's reason.</summary>
public sealed class DownloadException(string message, Exception? cause = null) : IOException(message, cause);
