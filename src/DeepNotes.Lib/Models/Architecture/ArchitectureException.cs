namespace DeepNotes;

/// <summary>An architecture string that cannot be read or built; the message points at the character.</summary>
public sealed class ArchitectureException : Exception
{
    internal ArchitectureException(string text, int position, string message)
        : base($"Architecture: {message}, at character {position + 1}:\n  {text}\n  {new string(' ', position)}^") => Position = position;

    /// <summary>The character's place in the string, from 0.</summary>
    public int Position { get; }
}
