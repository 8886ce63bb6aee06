namespace DeepNotes;

/// <summary>
/// Names the class that makes a type's formatters. Notebook hosts find this attribute by its name alone, so the
/// library shows its values well in each of them and references none. Every type in
/// <see cref="PreferredMimeTypes"/> needs a formatter from the source: a host may end its kernel otherwise.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = true)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType, params string[] preferredMimeTypes)
    : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    public string[]? PreferredMimeTypes { get; } = preferredMimeTypes;
}

/// <summary>One face of a type: hosts call <see cref="Format"/> by reflection.</summary>
internal sealed class MimeFormatter<T>(string mimeType, Func<T, string> write)
{
    public string MimeType { get; } = mimeType;

    public bool Format(object value, TextWriter writer)
    {
        if (value is not T shown)
        {
            return false;
        }
        writer.Write(write(shown));
        return true;
    }
}
