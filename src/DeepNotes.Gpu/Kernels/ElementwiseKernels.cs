using DeepNotes.Functions;
using ILGPU;

namespace DeepNotes.Backends.Gpu;

/// <summary>
/// One thread for one element, whatever the struct computes. A grid has as many threads as keep the device busy; each advances by
/// the size of the grid, so that consecutive threads read consecutive elements.
/// </summary>
internal static class ElementwiseKernels
{
    /// <summary>The threads of a grid.</summary>
    public static int Stride => Grid.DimX * Group.DimX;

    public static void Fill(ArrayView<float> y, float value)
    {
        for (var i = Grid.GlobalIndex.X; i < y.IntLength; i += Stride)
        {
            y[i] = value;
        }
    }

    public static void Map<TOp>(TOp f, ArrayView<float> x, ArrayView<float> y)
        where TOp : struct, IUnaryOp
    {
        for (var i = Grid.GlobalIndex.X; i < y.IntLength; i += Stride)
        {
            y[i] = f.F(x[i]);
        }
    }

    public static void MapGradient<TOp>(TOp f, ArrayView<float> x, ArrayView<float> y, ArrayView<float> dy, ArrayView<float> dx)
        where TOp : struct, IUnaryOp
    {
        for (var i = Grid.GlobalIndex.X; i < dx.IntLength; i += Stride)
        {
            dx[i] = dy[i] * f.Derivative(x[i], y[i]);
        }
    }

    public static void Zip<TOp>(TOp f, ArrayView<float> a, ArrayView<float> b, ArrayView<float> y)
        where TOp : struct, IBinaryOp
    {
        for (var i = Grid.GlobalIndex.X; i < y.IntLength; i += Stride)
        {
            y[i] = f.F(a[i], b[i]);
        }
    }

    /// <summary>y[first + i] from strided operands: a stride of 0 broadcasts.</summary>
    public static void ZipStrided<TOp>(TOp f, ArrayView<float> a, ArrayView<float> b, Axes axes, ArrayView<float> y, int first)
        where TOp : struct, IBinaryOp
    {
        for (var i = Grid.GlobalIndex.X; i < axes.Length; i += Stride)
        {
            axes.Offsets(i, out var atA, out var atB);
            y[first + i] = f.F(a[atA], b[atB]);
        }
    }

    public static void Copy(ArrayView<float> x, Axes axes, ArrayView<float> y)
    {
        for (var i = Grid.GlobalIndex.X; i < axes.Length; i += Stride)
        {
            axes.Offsets(i, out var from, out var to);
            y[to] = x[from];
        }
    }

    public static void Update<TOp>(TOp f, ArrayView<float> w, ArrayView<float> g, ArrayView<float> a, ArrayView<float> b)
        where TOp : struct, IUpdateOp
    {
        for (var i = Grid.GlobalIndex.X; i < w.IntLength; i += Stride)
        {
            var (weight, first, second) = (w[i], a[i], b[i]);
            f.Update(ref weight, g[i], ref first, ref second);
            w[i] = weight;

            // In this order: an update with one state tensor gets the same buffer for both.
            b[i] = second;
            a[i] = first;
        }
    }
}
