namespace DeepNotes.Notebooks.Documents;

/// <summary>A file that is not a notebook we can read; the message names the file and says what to do.</summary>
public sealed class NotebookFormatException(string message, Exception? inner = null) : Exception(message, inner);
