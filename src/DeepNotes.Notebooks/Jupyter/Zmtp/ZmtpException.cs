namespace DeepNotes.Notebooks.Jupyter;

/// <summary>The peer does not speak ZMTP 3, or not as this socket expects; its connection is closed.</summary>
internal sealed class ZmtpException(string message) : IOException(message);
