using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DeepNotes.Backends.Cpu;

/// <summary>
/// Sixteen floats at a time. What is left at the end is padded into a full vector, never done by scalar code: the two
/// differ in the last bit, and a result must not depend on where in an array it stands.
/// </summary>
internal static class Lanes
{
    public const int Width = 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ReadOnlySpan<float> values, int start) =>
        values.Length - start >= Width
            ? Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)start)
            : LoadPart(values[start..]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> vector, Span<float> values, int start)
    {
        if (values.Length - start >= Width)
        {
            vector.StoreUnsafe(ref MemoryMarshal.GetReference(values), (nuint)start);
        }
        else
        {
            StorePart(vector, values[start..]);
        }
    }

    private static Vector512<float> LoadPart(ReadOnlySpan<float> values)
    {
        Span<float> padded = stackalloc float[Width];
        padded[values.Length..].Clear();
        values.CopyTo(padded);
        return Vector512.Create<float>(padded);
    }

    private static void StorePart(Vector512<float> vector, Span<float> values)
    {
        Span<float> padded = stackalloc float[Width];
        vector.CopyTo(padded);
        padded[..values.Length].CopyTo(values);
    }
}
