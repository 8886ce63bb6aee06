namespace DeepNotes;

/// <summary>Training that can't go on; the message says where it stopped and what to try.</summary>
public sealed class TrainingException(string message) : Exception(message);
