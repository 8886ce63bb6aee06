using System.IO.Compression;

namespace DeepNotes.Tests.Data;

public sealed class IdxTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<IdxType, string, float[]> Types => new()
    {
        { IdxType.UnsignedByte, "00 00 08 01 00000002  00 FF", [0, 255] },
        { IdxType.SignedByte, "00 00 09 01 00000002  7F FF", [127, -1] },
        { IdxType.Int16, "00 00 0B 01 00000002  0102 FFFE", [258, -2] },
        { IdxType.Int32, "00 00 0C 01 00000002  00010000 FFFFFFFD", [65536, -3] },
        { IdxType.Float32, "00 00 0D 01 00000002  3FC00000 C0000000", [1.5f, -2] },
        { IdxType.Float64, "00 00 0E 01 00000001  BFE0000000000000", [-0.5f] },
    };

    public static TheoryData<string, string, string> Broken => new()
    {
        { "empty", "", "at least 4 bytes expected, got 0" },
        { "short magic", "00 00 08", "at least 4 bytes expected, got 3" },
        { "not IDX", "89 50 4E 47 0D 0A", "got 89504E47: not an IDX file" },
        { "unknown type", "00 00 0A 01 00000001 00", "got 00000A01: not an IDX file" },
        { "no axes", "00 00 08 00 00", "got 00000800: not an IDX file" },
        { "cut in the dimensions", "00 00 08 02 00000001 0000", "2 axes = 8 bytes expected, got 6" },
        { "cut in the values", "00 00 08 01 00000003 01 02", "3 elements of type UnsignedByte = 3 bytes" },
        { "values too many", "00 00 08 01 00000002 01 02 03", "= 2 bytes after the header expected, got more" },
        { "too large to exist", "00 00 08 02 80000000 80000000", "2147483648 × 2147483648 elements" },
        { "overflow of 64 bits", "00 00 0E 03 FFFFFFFF FFFFFFFF FFFFFFFF", "at most" },
        { "overflow hidden by a zero", "00 00 08 03 FFFFFFFF FFFFFFFF 00000000", "at most" },
        { "a gigabyte promised", "00 00 08 01 3FFFFFFF 01", "= 1073741823 bytes" },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_type_is_read(IdxType type, string hex, float[] expected)
    {
        var array = Idx.Read(_folder.File("file", Bytes(hex)));

        Assert.Equal(type, array.Type);
        Assert.Equal([expected.Length], array.Dimensions);
        Assert.Equal(expected, array.ToFloats());
        Assert.Equal(expected, array.ToTensor().ToArray());
        if (type < IdxType.Float32)
        {
            Assert.Equal(expected.Select(value => (int)value), array.ToIntegers());
        }
        else
        {
            Assert.Contains(
            "expected integers",
            Assert.Throws<InvalidOperationException>(array.ToIntegers).Message,
            StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("plain.gz", false)]
    [InlineData("compressed", true)]
    public void What_was_written_is_read_whatever_the_name(string name, bool gzip)
    {
        byte[] values = [.. Enumerable.Range(0, 24).Select(i => (byte)i)];
        Idx.Write(_folder.File(name), values, [2, 3, 4], gzip);

        var array = Idx.Read(_folder.File(name));

        Assert.Equal([2, 3, 4], array.Dimensions);
        Assert.Equal(values, array.AsBytes().ToArray());
        Assert.Equal(gzip, File.ReadAllBytes(_folder.File(name))[0] == 0x1F);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_damaged_file_is_named_with_what_was_expected_and_found(string name, string hex, string expected)
    {
        foreach (var content in new[] { Bytes(hex), Compressed(Bytes(hex)) })
        {
            var path = _folder.File(name, content);
            var error = Assert.Throws<InvalidDataException>(() => Idx.Read(path));
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
            Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_gzip_that_expands_beyond_its_header_is_not_decompressed_to_the_end()
    {
        var bomb = new byte[64 << 20];
        Bytes("00 00 08 01 00000010").CopyTo(bomb, 0);
        var path = _folder.File("bomb.gz", Compressed(bomb));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<InvalidDataException>(() => Idx.Read(path));

        Assert.Contains("= 16 bytes after the header expected, got more", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(-6)]
    public void A_gzip_with_a_wrong_byte_in_content_or_checksum_says_so(int position)
    {
        var content = Compressed([.. Bytes("00 00 08 01 00000190"), .. Noise(400)]);
        content[position > 0 ? position : content.Length + position] ^= 0xFF;
        var path = _folder.File("damaged", content);

        Assert.Contains(
            "an intact gzip file expected",
            Assert.Throws<InvalidDataException>(() => Idx.Read(path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_gzip_cut_in_its_values_says_so()
    {
        var path = _folder.File("cut", Compressed([.. Bytes("00 00 08 01 00000190"), .. Noise(400)])[..200]);

        Assert.Contains(
            "cut",
            Assert.Throws<InvalidDataException>(() => Idx.Read(path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_of_another_type_are_rejected()
    {
        var array = Idx.Read(_folder.File("file", Bytes("00 00 0B 01 00000001 0102")));
        Assert.Contains(
            "expected elements of type UnsignedByte, got Int16",
            Assert.Throws<InvalidOperationException>(() => array.AsBytes().Length).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Writing_mismatched_dimensions_is_rejected() => Assert.Contains(
        "[2, 2] hold 4 values, got 3",
        Assert.Throws<ArgumentException>(() => Idx.Write(_folder.File("file"), new byte[3], [2, 2])).Message,
        StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    /// <summary>Incompressible bytes, so that truncation loses some of them.</summary>
    private static byte[] Noise(int count)
    {
        var generator = new Generator(1);
        return [.. Enumerable.Range(0, count).Select(_ => (byte)generator.Next(256))];
    }

    private static byte[] Compressed(byte[] content)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return target.ToArray();
    }
}
