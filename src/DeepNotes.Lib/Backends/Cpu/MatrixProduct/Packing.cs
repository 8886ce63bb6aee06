using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DeepNotes.Backends.Cpu;

/// <summary>
/// Copies a panel of a matrix into the order in which the micro-kernel reads it: packed[p, lane] is the value at step p
/// along k and at one of the panel's lines, with zeros beyond the last line, so that the kernel has no edge cases.
/// </summary>
internal static class Packing
{
    /// <summary>Packs lines that lie side by side: line + 1 is the next float, the next step is a row further.</summary>
    public static void Rows<T>(ReadOnlySpan<T> matrix, int stride, int steps, int lines, int width, Span<T> packed)
    {
        for (var p = 0; p < steps; p++)
        {
            var to = packed.Slice(p * width, width);
            matrix.Slice(p * stride, lines).CopyTo(to);
            to[lines..].Clear();
        }
    }

    /// <summary>Packs lines that run along k: the next step is the next value, line + 1 is a row further.</summary>
    public static void Columns<T>(ReadOnlySpan<T> matrix, int stride, int steps, int lines, int width, Span<T> packed)
        where T : struct
    {
        var line = 0;
        for (; typeof(T) == typeof(float) && line + 4 <= width; line += 4)
        {
            var four = MemoryMarshal.Cast<T, float>(matrix[(Math.Min(line, lines - 1) * stride)..]);
            FourColumns(four, Math.Clamp(lines - line, 0, 4), stride, steps, width, MemoryMarshal.Cast<T, float>(packed[line..]));
        }

        for (; line < width; line++)
        {
            for (var p = 0; p < steps; p++)
            {
                packed[p * width + line] = line < lines ? matrix[line * stride + p] : default;
            }
        }
    }

    // Four lines at a time, four steps of each turned in registers; lines that are not there are zeros.
    private static void FourColumns(ReadOnlySpan<float> matrix, int lines, int stride, int steps, int width, Span<float> packed)
    {
        var line0 = lines > 0 ? matrix[..steps] : [];
        var line1 = lines > 1 ? matrix.Slice(stride, steps) : [];
        var line2 = lines > 2 ? matrix.Slice(2 * stride, steps) : [];
        var line3 = lines > 3 ? matrix.Slice(3 * stride, steps) : [];
        var p = 0;
        if (Sse.IsSupported)
        {
            ref var to = ref MemoryMarshal.GetReference(packed);
            for (; p + 4 <= steps; p += 4)
            {
                var r0 = lines > 0 ? Vector128.LoadUnsafe(in line0[p]) : default;
                var r1 = lines > 1 ? Vector128.LoadUnsafe(in line1[p]) : default;
                var r2 = lines > 2 ? Vector128.LoadUnsafe(in line2[p]) : default;
                var r3 = lines > 3 ? Vector128.LoadUnsafe(in line3[p]) : default;
                var (low01, low23) = (Sse.UnpackLow(r0, r1), Sse.UnpackLow(r2, r3));
                var (high01, high23) = (Sse.UnpackHigh(r0, r1), Sse.UnpackHigh(r2, r3));
                Sse.MoveLowToHigh(low01, low23).StoreUnsafe(ref Unsafe.Add(ref to, p * width));
                Sse.MoveHighToLow(low23, low01).StoreUnsafe(ref Unsafe.Add(ref to, (p + 1) * width));
                Sse.MoveLowToHigh(high01, high23).StoreUnsafe(ref Unsafe.Add(ref to, (p + 2) * width));
                Sse.MoveHighToLow(high23, high01).StoreUnsafe(ref Unsafe.Add(ref to, (p + 3) * width));
            }
        }

        for (; p < steps; p++)
        {
            packed[p * width] = lines > 0 ? line0[p] : 0;
            packed[p * width + 1] = lines > 1 ? line1[p] : 0;
            packed[p * width + 2] = lines > 2 ? line2[p] : 0;
            packed[p * width + 3] = lines > 3 ? line3[p] : 0;
        }
    }
}
