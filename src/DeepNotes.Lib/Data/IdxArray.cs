using System.Buffers.Binary;

namespace DeepNotes;

/// <summary>The element types of IDX files, with the codes in the third byte of the file.</summary>
public enum IdxType
{
    /// <summary>Unsigned 8-bit integers.</summary>
    UnsignedByte = 0x08,

    /// <summary>Signed 8-bit integers.</summary>
    SignedByte = 0x09,

    /// <summary>Signed 16-bit integers.</summary>
    Int16 = 0x0B,

    /// <summary>Signed 32-bit integers.</summary>
    Int32 = 0x0C,

    /// <summary>32-bit floating point numbers.</summary>
    Float32 = 0x0D,

    /// <summary>64-bit floating point numbers.</summary>
    Float64 = 0x0E,
}

/// <summary>The content of an IDX file: numbers of one type in row-major order.</summary>
public sealed class IdxArray
{
    private readonly byte[] _bigEndian;

    internal IdxArray(string path, IdxType type, int[] dimensions, byte[] bigEndian) =>
        (Path, Type, Dimensions, _bigEndian) = (path, type, dimensions, bigEndian);

    /// <summary>The path of the file.</summary>
    public string Path { get; }

    /// <summary>The type of the elements in the file.</summary>
    public IdxType Type { get; }

    /// <summary>Lengths of the axes, outermost first.</summary>
    public IReadOnlyList<int> Dimensions { get; }

    /// <summary>The number of elements.</summary>
    public int Count => _bigEndian.Length / ElementSize(Type);

    /// <summary>The elements of a file of unsigned bytes, without copying.</summary>
    /// <exception cref="InvalidOperationException">The elements are of another type.</exception>
    public ReadOnlySpan<byte> AsBytes() => Type == IdxType.UnsignedByte
        ? _bigEndian
        : throw new InvalidOperationException(
            $"{Path}: expected elements of type {IdxType.UnsignedByte}, got {Type}; use ToFloats() or ToIntegers().");

    /// <summary>The elements as float32; 32-bit integers and float64 are rounded to nearest.</summary>
    public float[] ToFloats() => Type switch
    {
        IdxType.UnsignedByte => Convert(static bytes => (float)bytes[0]),
        IdxType.SignedByte => Convert(static bytes => (float)(sbyte)bytes[0]),
        IdxType.Int16 => Convert(static bytes => (float)BinaryPrimitives.ReadInt16BigEndian(bytes)),
        IdxType.Int32 => Convert(static bytes => (float)BinaryPrimitives.ReadInt32BigEndian(bytes)),
        IdxType.Float32 => Convert(BinaryPrimitives.ReadSingleBigEndian),
        _ => Convert(static bytes => (float)BinaryPrimitives.ReadDoubleBigEndian(bytes)),
    };

    /// <summary>The elements as integers, such as labels.</summary>
    /// <exception cref="InvalidOperationException">The elements are floating-point numbers.</exception>
    public int[] ToIntegers() => Type switch
    {
        IdxType.UnsignedByte => Convert(static bytes => (int)bytes[0]),
        IdxType.SignedByte => Convert(static bytes => (int)(sbyte)bytes[0]),
        IdxType.Int16 => Convert(static bytes => (int)BinaryPrimitives.ReadInt16BigEndian(bytes)),
        IdxType.Int32 => Convert(BinaryPrimitives.ReadInt32BigEndian),
        _ => throw new InvalidOperationException(
            $"{Path}: expected integers, got elements of type {Type}; use ToFloats()."),
    };

    /// <summary>The elements as a tensor with the file's dimensions.</summary>
    public Tensor ToTensor() => Tensor.From(ToFloats(), Dimensions.ToArray());

    internal static int ElementSize(IdxType type) => type switch
    {
        IdxType.UnsignedByte or IdxType.SignedByte => 1,
        IdxType.Int16 => 2,
        IdxType.Int32 or IdxType.Float32 => 4,
        _ => 8,
    };

    private delegate T Reader<T>(ReadOnlySpan<byte> bytes);

    private T[] Convert<T>(Reader<T> read)
    {
        var size = ElementSize(Type);
        var values = new T[Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = read(_bigEndian.AsSpan(i * size, size));
        }

        return values;
    }
}
