using System.Xml;

namespace DeepNotes.Notebooks.Book;

/// <summary>The media type of a file, detected from its content, because file names are unreliable.</summary>
/// <param name="Mime">The MIME type.</param>
/// <param name="Endings">The usual file name extensions, the preferred one first.</param>
internal sealed record MediaType(string Mime, params string[] Endings)
{
    private static readonly MediaType Svg = new("image/svg+xml", ".svg");

    // (offset, bytes) pairs, all of which must match.
    private static readonly (MediaType Type, (int At, string Bytes)[] Marks)[] Signatures =
    [
        (new("image/png", ".png"), [(0, "\x89PNG\r\n\x1a\n")]),
        (new("image/jpeg", ".jpg", ".jpeg", ".jpe", ".jfif"), [(0, "\xff\xd8\xff")]),
        (new("image/gif", ".gif"), [(0, "GIF87a")]),
        (new("image/gif", ".gif"), [(0, "GIF89a")]),
        (new("image/webp", ".webp"), [(0, "RIFF"), (8, "WEBP")]),
        (new("image/avif", ".avif"), [(4, "ftypavif")]),
        (new("image/bmp", ".bmp"), [(0, "BM"), (6, "\0\0\0\0")]),
        (new("audio/wav", ".wav"), [(0, "RIFF"), (8, "WAVE")]),
        (new("audio/mpeg", ".mp3"), [(0, "ID3")]),
        (new("audio/flac", ".flac"), [(0, "fLaC")]),
        (new("audio/ogg", ".ogg", ".oga", ".ogv"), [(0, "OggS")]),
        (new("video/mp4", ".mp4", ".m4v", ".m4a", ".mov"), [(4, "ftyp")]),
        (new("video/webm", ".webm", ".mkv"), [(0, "\x1a\x45\xdf\xa3")]),
    ];

    public bool IsPicture => Mime.StartsWith("image/", StringComparison.Ordinal);

    /// <returns>Null for content that a page cannot show.</returns>
    public static MediaType? Of(byte[] bytes) =>
        Signatures.FirstOrDefault(signature => signature.Marks.All(mark => Has(bytes, mark.At, mark.Bytes))).Type ?? (IsSvg(bytes) ? Svg : null);

    /// <summary>The file name's extension if it is one of the type's, otherwise the type's preferred one.</summary>
    public string EndingOf(string file) =>
        Path.GetExtension(file).ToLowerInvariant() is { Length: > 0 } ending && Endings.Contains(ending) ? ending : Endings[0];

    private static bool Has(byte[] bytes, int at, string mark) =>
        bytes.Length >= at + mark.Length && !mark.Where((character, index) => bytes[at + index] != character).Any();

    private static bool IsSvg(byte[] bytes)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
            return reader.MoveToContent() == XmlNodeType.Element && reader.LocalName == "svg";
        }
        catch (XmlException)
        {
            return false;
        }
    }
}
