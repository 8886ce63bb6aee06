namespace DeepNotes;

/// <summary>
/// Names the class that creates the formatters of a type. Notebook hosts look this attribute up by its name, so the
/// library needs no reference to any of them. Every MIME type in <see cref="PreferredMimeTypes"/> needs a formatter from
/// the source: without it, some hosts terminate their kernel.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = true)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType, params string[] preferredMimeTypes)
    : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    public string[]? PreferredMimeTypes { get; } = preferredMimeTypes;
}

/// <summary>Writes the values of a type as one MIME type; hosts call <see cref="Format"/> by reflection.</summary>
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
