using System.Text;

namespace DeepNotes.Notebooks.Book;

/// <summary>An image embedded in a notebook: its decoded bytes, and its type detected from them.</summary>
internal sealed record PictureData(MediaType Type, byte[] Bytes)
{
    public string Address => $"data:{Type.Mime};base64,{Convert.ToBase64String(Bytes)}";

    /// <param name="text">Base64, with or without line feeds, or SVG as text.</param>
    /// <returns>Null for data that is not an image browsers support.</returns>
    public static PictureData? Read(string text)
    {
        var bytes = text.AsSpan().TrimStart() is ['<', ..] ? Encoding.UTF8.GetBytes(text) : Decode(text);
        return bytes is not null && MediaType.Of(bytes) is { IsPicture: true } type ? new PictureData(type, bytes) : null;
    }

    private static byte[]? Decode(string text)
    {
        var bytes = new byte[(text.Length * 3 / 4) + 3];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}
