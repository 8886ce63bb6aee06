using System.Buffers.Binary;
using System.IO.Compression;

namespace DeepNotes.Tests.Charts;

public sealed class PngTests
{
    public static TheoryData<string, byte[], int> Data => new()
    {
        { "nothing", [], 1 },
        { "one byte", [200], 1 },
        { "a run longer than the longest match", new byte[1000], 7 },
        { "repeated rows", [.. Enumerable.Range(0, 4000).Select(i => (byte)(i % 57 * 3))], 57 },
        { "noise", Noise(5000), 29 },
        { "rows farther apart than deflate can see", [.. Noise(40_000), .. Noise(40_000)], 40_000 },
    };

    [Theory]
    [MemberData(nameof(Data))]
    public void The_platform_reads_back_what_was_compressed(string content, byte[] data, int rowLength)
    {
        Assert.NotEmpty(content);
        using var stream = new ZLibStream(new MemoryStream(Deflate.ZLib(data, rowLength)), CompressionMode.Decompress);
        using var restored = new MemoryStream();
        stream.CopyTo(restored);
        Assert.Equal(data, restored.ToArray());
    }

    [Fact]
    public void Every_chunk_of_a_picture_has_its_checksum()
    {
        var uri = Png.DataUri([0, 1, 2, 1, 0, 2], width: 3, [0, 0xff0000, 0x00ff00]);
        var bytes = Convert.FromBase64String(uri["data:image/png;base64,".Length..]);
        var names = new List<string>();
        for (var start = 8; start < bytes.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(start));
            names.Add(System.Text.Encoding.ASCII.GetString(bytes, start + 4, 4));
            Assert.Equal(
                Checksum(bytes.AsSpan(start + 4, length + 4)), BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(start + 8 + length)));
            start += length + 12;
        }
        Assert.Equal(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"], names);
    }

    [Fact]
    public void A_picture_in_colour_holds_red_green_blue_and_alpha_of_each_pixel()
    {
        var uri = Png.DataUri(unchecked([(int)0xff0a141e, 0, (int)0xff000000, (int)0xfffafbfc]), width: 2);
        var bytes = Convert.FromBase64String(uri["data:image/png;base64,".Length..]);
        Assert.Equal((8, 6), (bytes[24], bytes[25]));
        var length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(33));
        Assert.Equal("IDAT", System.Text.Encoding.ASCII.GetString(bytes, 37, 4));
        using var stream = new ZLibStream(new MemoryStream(bytes, 41, length), CompressionMode.Decompress);
        using var rows = new MemoryStream();
        stream.CopyTo(rows);
        Assert.Equal([0, 10, 20, 30, 255, 0, 0, 0, 0, 0, 0, 0, 0, 255, 250, 251, 252, 255], rows.ToArray());
    }

    /// <summary>CRC-32 by the definition of the PNG standard: the remainder of polynomial division, bit by bit.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var remainder = 0xffffffffu;
        foreach (var value in bytes)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var isOdd = ((remainder ^ (uint)(value >> bit)) & 1) == 1;
                remainder = (remainder >> 1) ^ (isOdd ? 0xedb88320u : 0);
            }
        }
        return ~remainder;
    }

    private static byte[] Noise(int count)
    {
        var bytes = new byte[count];
        new Random(3).NextBytes(bytes);
        return bytes;
    }
}
