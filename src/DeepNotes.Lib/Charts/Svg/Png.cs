using System.Buffers.Binary;

namespace DeepNotes;

/// <summary>
/// Encodes images as PNG (ISO/IEC 15948), with a palette or with a colour for each pixel. Index 0 and colour 0 are
/// transparent, for gaps between images and missing values.
/// </summary>
internal static class Png
{
    public const byte Transparent = 0;

    private const byte IndexedColor = 3;
    private const byte ColorAndAlpha = 6;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>Encodes row-major indices into a palette of 0xRRGGBB colours as a data URI.</summary>
    public static string DataUri(byte[] indices, int width, ReadOnlySpan<int> palette)
    {
        var height = indices.Length / width;
        return DataUri(Header(width, height, IndexedColor), indices, width, Colors(palette));
    }

    /// <summary>Encodes row-major 0xAARRGGBB colours as a data URI.</summary>
    public static string DataUri(int[] colors, int width)
    {
        var height = colors.Length / width;
        var bytes = new byte[4 * colors.Length];
        for (var i = 0; i < colors.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 * i), uint.RotateLeft((uint)colors[i], 8));
        }
        return DataUri(Header(width, height, ColorAndAlpha), bytes, 4 * width, palette: []);
    }

    /// <summary>Width and height of a PNG in a data URI; null for anything else.</summary>
    public static (int Width, int Height)? Size(string dataUri)
    {
        const string prefix = "data:image/png;base64,";
        const int headerText = 32;
        Span<byte> bytes = stackalloc byte[24];
        var isPng = dataUri.StartsWith(prefix, StringComparison.Ordinal) && dataUri.Length >= prefix.Length + headerText
            && Convert.TryFromBase64Chars(dataUri.AsSpan(prefix.Length, headerText), bytes, out var count) && count == bytes.Length
            && bytes.StartsWith(Signature);
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadInt32BigEndian(bytes[20..]));
        return isPng && width > 0 && height > 0 ? (width, height) : null;
    }

    private static string DataUri(byte[] header, byte[] pixels, int rowLength, byte[] palette)
    {
        using var png = new MemoryStream();
        png.Write(Signature);
        WriteChunk(png, "IHDR"u8, header);
        if (palette.Length > 0)
        {
            WriteChunk(png, "PLTE"u8, palette);
            WriteChunk(png, "tRNS"u8, [0]);
        }
        WriteChunk(png, "IDAT"u8, Deflate.ZLib(WithFilterBytes(pixels, rowLength), rowLength + 1));
        WriteChunk(png, "IEND"u8, []);
        return "data:image/png;base64," + Convert.ToBase64String(png.GetBuffer(), 0, (int)png.Length);
    }

    private static byte[] Header(int width, int height, byte colorType)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, colorType);
        return header;
    }

    private static byte[] Colors(ReadOnlySpan<int> palette)
    {
        var bytes = new byte[3 * palette.Length];
        for (var i = 0; i < palette.Length; i++)
        {
            (bytes[3 * i], bytes[3 * i + 1], bytes[3 * i + 2]) =
                ((byte)(palette[i] >> 16), (byte)(palette[i] >> 8), (byte)palette[i]);
        }
        return bytes;
    }

    /// <summary>Prefixes each row with its filter type, 0 for none.</summary>
    private static byte[] WithFilterBytes(byte[] pixels, int rowLength)
    {
        var height = pixels.Length / rowLength;
        var rows = new byte[height * (rowLength + 1)];
        for (var y = 0; y < height; y++)
        {
            pixels.AsSpan(y * rowLength, rowLength).CopyTo(rows.AsSpan(y * (rowLength + 1) + 1));
        }
        return rows;
    }

    private static void WriteChunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32([.. type, .. data]));
        png.Write(number);
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? 0xedb88320 ^ (crc >> 1) : crc >> 1;
            }
        }
        return ~crc;
    }
}
