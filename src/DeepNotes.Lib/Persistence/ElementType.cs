using System.Numerics;
using System.Runtime.InteropServices;

namespace DeepNotes;

/// <summary>An element type of safetensors, stored little-endian, with its conversion to float32.</summary>
/// <param name="Name">The name of the type in the format.</param>
/// <param name="Size">The size of an element in bytes.</param>
/// <param name="Decode">The conversion to float32.</param>
internal sealed record ElementType(string Name, int Size, ElementDecoder Decode)
{
    private static readonly ElementType[] All =
    [
        new("BOOL", 1, DecodeBooleans),
        new("U8", 1, DecodeIntegers<byte>),
        new("I8", 1, DecodeIntegers<sbyte>),
        new("I16", 2, DecodeIntegers<short>),
        new("U16", 2, DecodeIntegers<ushort>),
        new("F16", 2, DecodeFloats<Half>),
        new("BF16", 2, DecodeBrainFloats),
        new("I32", 4, DecodeIntegers<int>),
        new("U32", 4, DecodeIntegers<uint>),
        new("F32", 4, DecodeFloats<float>),
        new("F64", 8, DecodeFloats<double>),
        new("I64", 8, DecodeIntegers<long>),
        new("U64", 8, DecodeIntegers<ulong>),
    ];

    /// <summary>The type in which the library writes tensors.</summary>
    public static ElementType Float32 { get; } = Find("F32")!;

    public static string Names { get; } = string.Join(", ", All.Select(type => type.Name));

    public static ElementType? Find(string name) => Array.Find(All, type => type.Name == name);

    private static string? DecodeBooleans(ReadOnlySpan<byte> bytes, Span<float> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (bytes[i] > 1)
            {
                return $"byte 0x{bytes[i]:X2}";
            }

            values[i] = bytes[i];
        }

        return null;
    }

    private static string? DecodeIntegers<T>(ReadOnlySpan<byte> bytes, Span<float> values)
        where T : unmanaged, IBinaryInteger<T>
    {
        var integers = MemoryMarshal.Cast<byte, T>(bytes);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = float.CreateTruncating(integers[i]);
            if (Int128.CreateTruncating(values[i]) != Int128.CreateTruncating(integers[i]))
            {
                return $"{integers[i]}";
            }
        }

        return null;
    }

    private static string? DecodeFloats<T>(ReadOnlySpan<byte> bytes, Span<float> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var numbers = MemoryMarshal.Cast<byte, T>(bytes);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = float.CreateTruncating(numbers[i]);
            if (float.IsInfinity(values[i]) && !T.IsInfinity(numbers[i]))
            {
                return $"{numbers[i]}";
            }
        }

        return null;
    }

    // A bfloat16 is the upper half of a float32.
    private static string? DecodeBrainFloats(ReadOnlySpan<byte> bytes, Span<float> values)
    {
        var halves = MemoryMarshal.Cast<byte, ushort>(bytes);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BitConverter.UInt32BitsToSingle((uint)halves[i] << 16);
        }

        return null;
    }
}

/// <summary>Converts the bytes of elements into values; returns the first value that float32 cannot represent, or null.</summary>
internal delegate string? ElementDecoder(ReadOnlySpan<byte> bytes, Span<float> values);
