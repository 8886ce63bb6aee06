using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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

    /// <summary>y = x, for rows too short to be worth a call: in whole vectors, of which the last two may overlap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(ReadOnlySpan<float> x, Span<float> y)
    {
        ref var from = ref MemoryMarshal.GetReference(x[..y.Length]);
        ref var to = ref MemoryMarshal.GetReference(y);
        if (y.Length >= Width)
        {
            var last = (nuint)(y.Length - Width);
            for (nuint i = 0; i < last; i += Width)
            {
                Vector512.LoadUnsafe(ref from, i).StoreUnsafe(ref to, i);
            }

            Vector512.LoadUnsafe(ref from, last).StoreUnsafe(ref to, last);
        }
        else if (y.Length >= Width / 2)
        {
            var last = (nuint)(y.Length - Width / 2);
            var (first, second) = (Vector256.LoadUnsafe(ref from), Vector256.LoadUnsafe(ref from, last));
            first.StoreUnsafe(ref to);
            second.StoreUnsafe(ref to, last);
        }
        else
        {
            for (var i = 0; i < y.Length; i++)
            {
                y[i] = x[i];
            }
        }
    }

    /// <summary>All bits of the first <paramref name="count"/> lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> First(int count) => Vector512.IsHardwareAccelerated
        ? Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle()
        : Vector512.Create(
            Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle(),
            Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count - Width / 2)).AsSingle());

    // In line, so that the vector stays in a register: as the result of a call it would go through the stack, at an address
    // that divides a cache line or does not by chance.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector512<float> LoadPart(ReadOnlySpan<float> values)
    {
        if (!Avx.IsSupported)
        {
            return LoadPadded(values);
        }

        var mask = First(values.Length);
        fixed (float* start = values)
        {
            return Avx512F.IsSupported
                ? Avx512F.MaskLoad(start, mask, Vector512<float>.Zero)
                : Vector512.Create(Avx.MaskLoad(start, mask.GetLower()), Avx.MaskLoad(start + Width / 2, mask.GetUpper()));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void StorePart(Vector512<float> vector, Span<float> values)
    {
        if (!Avx.IsSupported)
        {
            StorePadded(vector, values);
            return;
        }

        var mask = First(values.Length);
        fixed (float* start = values)
        {
            if (Avx512F.IsSupported)
            {
                Avx512F.MaskStore(start, mask, vector);
                return;
            }

            Avx.MaskStore(start, mask.GetLower(), vector.GetLower());
            Avx.MaskStore(start + Width / 2, mask.GetUpper(), vector.GetUpper());
        }
    }

    private static Vector512<float> LoadPadded(ReadOnlySpan<float> values)
    {
        Span<float> padded = stackalloc float[Width];
        padded[values.Length..].Clear();
        values.CopyTo(padded);
        return Vector512.Create<float>(padded);
    }

    private static void StorePadded(Vector512<float> vector, Span<float> values)
    {
        Span<float> padded = stackalloc float[Width];
        vector.CopyTo(padded);
        padded[..values.Length].CopyTo(values);
    }
}
