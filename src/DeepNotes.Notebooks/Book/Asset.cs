using System.Text;

namespace DeepNotes.Notebooks.Book;

/// <summary>Embedded resources: page templates, style sheet, scripts.</summary>
internal static class Asset
{
    public static string Text(string name)
    {
        using var stream = typeof(Asset).Assembly.GetManifestResourceStream($"Book/{name}")
            ?? throw new InvalidOperationException($"The assembly has no embedded file \"{name}\".");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
