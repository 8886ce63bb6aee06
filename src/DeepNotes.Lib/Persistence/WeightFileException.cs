namespace DeepNotes;

/// <summary>
/// Thrown when a weight file cannot be read or written; the message names the file, the tensor, what was expected and what
/// was found.
/// </summary>
public sealed class WeightFileException : IOException
{
    private const int MaxQuoteLength = 100;

    internal WeightFileException(string path, string? tensorName, string expected, string given, Exception? cause = null)
        : base($"Weights {path}{(tensorName is null ? "" : $", tensor \"{Shorten(tensorName)}\"")}: "
            + $"expected {expected}, got {Shorten(given)}.", cause)
    {
        Path = path;
        TensorName = tensorName;
    }

    /// <summary>The path of the file.</summary>
    public string Path { get; }

    /// <summary>The name of the invalid tensor; null if the file as a whole is invalid.</summary>
    public string? TensorName { get; }

    // A malicious header may contain megabytes in place of a name or a number.
    private static string Shorten(string text) =>
        text.Length <= MaxQuoteLength ? text : $"{text.AsSpan(0, MaxQuoteLength)}… ({text.Length} characters)";
}
