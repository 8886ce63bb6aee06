namespace DeepNotes;

/// <summary>
/// A file of weights that cannot be read or written; the message names the file, the tensor, what was expected and
/// what was given.
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

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The tensor that is wrong; null where the file as a whole is.</summary>
    public string? TensorName { get; }

    // A hostile header may hold megabytes where a name or a number belongs.
    private static string Shorten(string text) =>
        text.Length <= MaxQuoteLength ? text : $"{text.AsSpan(0, MaxQuoteLength)}… ({text.Length} characters)";
}
