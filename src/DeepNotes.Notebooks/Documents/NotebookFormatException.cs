namespace DeepNotes.Notebooks.Documents;

/// <summary>A file is not a readable notebook; the message names the file and suggests a remedy.</summary>
public sealed class NotebookFormatException(string message, Exception? inner = null) : Exception(message, inner);
