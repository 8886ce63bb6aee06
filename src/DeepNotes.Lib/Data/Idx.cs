using System.Buffers.Binary;
using System.IO.Compression;

namespace DeepNotes;

/// <summary>
/// IDX files, the format of MNIST: two zero bytes, a type code, the number of axes, the length of each axis as a big-endian
/// 32-bit number, then the elements. Plain or gzip, recognised by the content, not by the name.
/// </summary>
public static class Idx
{
    /// <summary>The maximum compression ratio of DEFLATE: a shorter gzip file cannot contain the data that its header declares.</summary>
    private const long MaxCompressionRatio = 1032;

    /// <summary>Reads a file of any of the six types.</summary>
    /// <param name="path">The file, plain or gzip.</param>
    /// <exception cref="InvalidDataException">The file is not in the IDX format, truncated, longer than its header declares, or damaged.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IdxArray Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var file = File.OpenRead(path);
        var isGzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        using Stream content = isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
        return Read(content, path, isGzip ? file.Length * MaxCompressionRatio : file.Length);
    }

    /// <summary>Writes unsigned bytes.</summary>
    /// <param name="path">The file; an existing one is replaced atomically.</param>
    /// <param name="values">The elements in row-major order.</param>
    /// <param name="dimensions">The lengths of the axes, outermost first; their product is the number of values.</param>
    /// <param name="gzip">Whether to compress.</param>
    /// <exception cref="ArgumentException">The dimensions do not fit the number of values.</exception>
    public static void Write(string path, ReadOnlySpan<byte> values, ReadOnlySpan<int> dimensions, bool gzip = false)
    {
        Shape shape = dimensions.ToArray();
        if (shape.Elements != values.Length || shape.Count is 0 or > byte.MaxValue)
        {
            throw new ArgumentException(
                $"Idx.Write: dimensions {shape} hold {shape.Elements} values, got {values.Length}.", nameof(dimensions));
        }

        var header = Header(dimensions);
        AtomicFile.Write(path, values, (file, values) =>
        {
            using var compressed = gzip ? new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true) : null;
            Stream content = compressed is null ? file : compressed;
            content.Write(header);
            content.Write(values);
        });
    }

    private static byte[] Header(ReadOnlySpan<int> dimensions)
    {
        var header = new byte[4 + 4 * dimensions.Length];
        (header[2], header[3]) = ((byte)IdxType.UnsignedByte, (byte)dimensions.Length);
        for (var i = 0; i < dimensions.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + 4 * i), dimensions[i]);
        }

        return header;
    }

    private static IdxArray Read(Stream content, string path, long maxBytes)
    {
        var (type, axes) = ReadMagic(content, path);
        var dimensions = ReadDimensions(content, path, axes);
        var header = 4L + 4L * axes;
        var expected = ExpectedBytes(dimensions, type, path);
        var promise = $"{Describe(type, dimensions)} = {expected} bytes after the header";
        if (header + expected > maxBytes)
        {
            throw Broken(path, $"{promise} expected, got a file that can hold {Math.Max(0, maxBytes - header)} at most");
        }

        var bytes = new byte[expected];
        var got = Fill(bytes, content, path);
        if (got < expected)
        {
            throw Broken(path, $"{promise} expected, got {got}: the file is cut off");
        }

        if (Fill(new byte[1], content, path) > 0)
        {
            throw Broken(path, $"{promise} expected, got more");
        }

        return new IdxArray(path, type, [.. dimensions.Select(d => (int)d)], bytes);
    }

    private static (IdxType Type, int Axes) ReadMagic(Stream content, string path)
    {
        var magic = new byte[4];
        var got = Fill(magic, content, path);
        if (got < magic.Length)
        {
            throw Broken(path, $"a header of at least 4 bytes expected, got {got}");
        }

        if (magic[0] != 0 || magic[1] != 0 || !Enum.IsDefined((IdxType)magic[2]) || magic[3] == 0)
        {
            throw Broken(
                path,
                "the first four bytes 00 00, a type (08, 09, 0B to 0E) and a number of axes from 1 expected, "
                + $"got {Convert.ToHexString(magic)}: not an IDX file");
        }

        return ((IdxType)magic[2], magic[3]);
    }

    private static uint[] ReadDimensions(Stream content, string path, int axes)
    {
        var bytes = new byte[4 * axes];
        var got = Fill(bytes, content, path);
        if (got < bytes.Length)
        {
            throw Broken(path, $"the lengths of {axes} axes = {bytes.Length} bytes expected, got {got}: the file is cut off");
        }

        return [.. Enumerable.Range(0, axes).Select(i => BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(4 * i)))];
    }

    /// <summary>Reads until the buffer is full or the file ends, and returns the number of bytes read.</summary>
    private static int Fill(byte[] buffer, Stream content, string path)
    {
        try
        {
            return content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException damage)
        {
            throw Broken(path, $"an intact gzip file expected, got a damaged or cut one ({damage.Message})", damage);
        }
    }

    private static long ExpectedBytes(uint[] dimensions, IdxType type, string path)
    {
        long bytes = IdxArray.ElementSize(type);
        foreach (var length in dimensions)
        {
            // At most Array.MaxLength before, so that the product fits into 64 bits.
            bytes *= length;
            if (bytes > Array.MaxLength || length > int.MaxValue)
            {
                throw Broken(path, $"at most {Array.MaxLength} bytes expected, got a header for {Describe(type, dimensions)}");
            }
        }

        return bytes;
    }

    private static string Describe(IdxType type, uint[] dimensions) =>
        $"{string.Join(" × ", dimensions)} elements of type {type}";

    private static InvalidDataException Broken(string path, string what, Exception? cause = null) =>
        new($"IDX file {path}: {what}.", cause);
}
