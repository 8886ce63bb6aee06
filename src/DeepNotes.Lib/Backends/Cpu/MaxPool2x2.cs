using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepNotes.Backends.Cpu;

/// <summary>
/// Maximum pooling with windows of 2×2 and stride 2, by far the most common pooling: four windows at once, with even and
/// odd columns separated.
/// </summary>
internal static class MaxPool2x2
{
    private const int Windows = 4;

    /// <summary>Whether this window halves the image, and rows are long enough for a vector.</summary>
    public static bool Fits(in Window window) =>
        window.Kernel == 2 && window.Stride == 2 && window.Dilation == 1 && window.Before == 0 && window.Output.Width >= Windows
        && window.Output.Height * 2 <= window.Input.Height && window.Output.Width * 2 <= window.Input.Width;

    /// <summary>y = the largest values of one plane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Maximum(ReadOnlySpan<float> image, in Window window, Span<float> y)
    {
        var (width, rows) = (window.Output.Width, window.Input.Width);
        for (var i = 0; i < window.Output.Height; i++)
        {
            ref readonly var upper = ref image[2 * i * rows];
            ref readonly var lower = ref image.Slice((2 * i + 1) * rows, 2 * width)[0];
            ref var target = ref y.Slice(i * width, width)[0];
            for (var j = 0; j < width; j += Windows)
            {
                var at = Start(j, width);
                var (a, b) = Columns(in upper, at);
                var (c, d) = Columns(in lower, at);
                Vector128.Max(Vector128.Max(a, b), Vector128.Max(c, d)).StoreUnsafe(ref target, at);
            }
        }
    }

    /// <summary>dx = dy where the first of the largest values was, 0 elsewhere in the windows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradient(ReadOnlySpan<float> image, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, in Window window, Span<float> dx)
    {
        var (width, rows) = (window.Output.Width, window.Input.Width);
        for (var i = 0; i < window.Output.Height; i++)
        {
            ref readonly var upper = ref image[2 * i * rows];
            ref readonly var lower = ref image.Slice((2 * i + 1) * rows, 2 * width)[0];
            ref readonly var largest = ref y.Slice(i * width, width)[0];
            ref readonly var upstream = ref dy.Slice(i * width, width)[0];
            ref var upperTarget = ref dx[2 * i * rows];
            ref var lowerTarget = ref dx.Slice((2 * i + 1) * rows, 2 * width)[0];
            for (var j = 0; j < width; j += Windows)
            {
                var at = Start(j, width);
                var (maximum, left) = (Vector128.LoadUnsafe(in largest, at), Vector128.LoadUnsafe(in upstream, at));
                var (a, b) = Columns(in upper, at);
                var (c, d) = Columns(in lower, at);
                Join(Take(a, maximum, ref left), Take(b, maximum, ref left), ref upperTarget, at);
                Join(Take(c, maximum, ref left), Take(d, maximum, ref left), ref lowerTarget, at);
            }
        }
    }

    // The last four windows overlap those before them where the width is no multiple of four.
    private static nuint Start(int j, int width) => (nuint)Math.Min(j, width - Windows);

    // What is left of dy goes to x where x is the largest; NaN counts as that.
    private static Vector128<float> Take(Vector128<float> x, Vector128<float> maximum, ref Vector128<float> left)
    {
        var isLargest = Vector128.Equals(x, maximum) | ~Vector128.Equals(x, x);
        var taken = left & isLargest;
        left = Vector128.AndNot(left, isLargest);
        return taken;
    }

    // Columns 2j and 2j+1 are the lower and the upper half of 64 bits.
    private static (Vector128<float> Even, Vector128<float> Odd) Columns(in float row, nuint at)
    {
        var first = Vector128.LoadUnsafe(in row, 2 * at).AsUInt64();
        var second = Vector128.LoadUnsafe(in row, 2 * at + Windows).AsUInt64();
        return (Vector128.Narrow(first, second).AsSingle(), Vector128.Narrow(first >>> 32, second >>> 32).AsSingle());
    }

    private static void Join(Vector128<float> even, Vector128<float> odd, ref float row, nuint at)
    {
        var (evenLow, evenHigh) = Vector128.Widen(even.AsUInt32());
        var (oddLow, oddHigh) = Vector128.Widen(odd.AsUInt32());
        (evenLow | (oddLow << 32)).AsSingle().StoreUnsafe(ref row, 2 * at);
        (evenHigh | (oddHigh << 32)).AsSingle().StoreUnsafe(ref row, 2 * at + Windows);
    }
}
