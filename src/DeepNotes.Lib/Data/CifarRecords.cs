namespace DeepNotes;

/// <summary>The records of the binary files of CIFAR-10: one byte for the label, then 32 × 32 bytes each of red, green and blue.</summary>
internal sealed class CifarRecords(int capacity)
{
    public const int Side = 32;
    public const int InFile = 10_000;
    public const int Bytes = 1 + Pixels;

    private const int Pixels = 3 * Side * Side;
    private const int Classes = 10;

    private readonly float[] _inputs = new float[checked(capacity * Pixels)];
    private readonly int[] _labels = new int[capacity];
    private int _count;

    /// <summary>Reads the records of a file up to the capacity; the length of the file is always checked.</summary>
    /// <exception cref="InvalidDataException">The file is missing, of a wrong length, or has a label above 9.</exception>
    public void Append(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length != (long)InFile * Bytes)
        {
            throw new InvalidDataException(
                $"CIFAR-10 file {path}: expected {InFile:N0} records of {Bytes:N0} bytes, {(long)InFile * Bytes:N0} in all, "
                + $"{(file.Exists ? $"got {file.Length:N0}" : "the file is missing")}; unpack the binary version again.");
        }

        using var stream = file.OpenRead();
        Span<byte> record = stackalloc byte[Bytes];
        for (var i = 0; i < InFile && _count < capacity; i++)
        {
            stream.ReadExactly(record);
            if (record[0] >= Classes)
            {
                throw new InvalidDataException(
                    $"CIFAR-10 file {path}, record {i}: expected a label from 0 to {Classes - 1}, got {record[0]}.");
            }

            Append(record[0], record[1..]);
        }
    }

    /// <summary>Appends an image: a label, and bytes 0 … 255, which are scaled to 0 … 1.</summary>
    public void Append(int label, ReadOnlySpan<byte> pixels)
    {
        var values = _inputs.AsSpan(_count * Pixels, Pixels);
        for (var i = 0; i < Pixels; i++)
        {
            values[i] = pixels[i] / 255f;
        }

        _labels[_count++] = label;
    }

    /// <summary>Inputs [N, 3, 32, 32] in [0, 1].</summary>
    public Dataset ToDataset(string[] classes, string name, string origin) =>
        new(new SampleRows(_inputs, [capacity, 3, Side, Side]), _labels, classes, name, origin);
}
