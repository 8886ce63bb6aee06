namespace DeepNotes;

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
