using System.Text;

namespace DeepNotes.Notebooks.Book;

/// <summary>A picture inside a notebook: its bytes as text, its type by its content.</summary>
internal sealed record PictureData(MediaType Type, byte[] Bytes)
{
    public string Address => $"data:{Type.Mime};base64,{Convert.ToBase64String(Bytes)}";

    /// <param name="text">Base64 with or without line feeds, or SVG as text.</param>
    /// <returns>Null when it is no picture that browsers show.</returns>
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
