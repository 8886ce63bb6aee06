namespace DeepNotes.Notebooks.Execution;

/// <summary>A <c>#r</c> or <c>#load</c> that can't be resolved; the message says what is expected and what to do.</summary>
internal sealed class ReferenceException(string message) : Exception(message);
