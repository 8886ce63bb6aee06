using ILGPU;

namespace DeepNotes.Backends.Gpu;

/// <summary>
/// Windows that slide over images. Gradients are gathers: each input finds the windows that contain it, so that no two threads add to
/// one position.
/// </summary>
internal static class WindowKernels
{
    public static void Unfold(ArrayView<float> x, Window window, ArrayView<float> y)
    {
        for (var i = Grid.GlobalIndex.X; i < y.IntLength; i += ElementwiseKernels.Stride)
        {
            var column = i % window.Output.Width;
            var rest = i / window.Output.Width;
            var row = rest % window.Output.Height;
            rest /= window.Output.Height;
            var q = rest % window.Kernel.Width;
            rest /= window.Kernel.Width;
            var p = rest % window.Kernel.Height;
            var plane = rest / window.Kernel.Height;
            var fromRow = row * window.Stride.Height + p * window.Dilation.Height - window.Before.Height;
            var fromColumn = column * window.Stride.Width + q * window.Dilation.Width - window.Before.Width;
            var isInside = fromRow >= 0 && fromRow < window.Input.Height && fromColumn >= 0 && fromColumn < window.Input.Width;
            y[i] = isInside ? x[(plane * window.Input.Height + fromRow) * window.Input.Width + fromColumn] : 0f;
        }
    }

    public static void Fold(ArrayView<float> y, Window window, ArrayView<float> x)
    {
        for (var i = Grid.GlobalIndex.X; i < x.IntLength; i += ElementwiseKernels.Stride)
        {
            var left = i % window.Input.Width + window.Before.Width;
            var top = i / window.Input.Width % window.Input.Height + window.Before.Height;
            var plane = i / window.Input.Area;
            var sum = 0f;
            for (var p = 0; p < window.Kernel.Height; p++)
            {
                var row = Position(top - p * window.Dilation.Height, window.Stride.Height, window.Output.Height);
                for (var q = 0; q < window.Kernel.Width && row >= 0; q++)
                {
                    var column = Position(left - q * window.Dilation.Width, window.Stride.Width, window.Output.Width);
                    if (column >= 0)
                    {
                        sum += y[((plane * window.Kernel.Area + p * window.Kernel.Width + q) * window.Output.Height + row) * window.Output.Width + column];
                    }
                }
            }

            x[i] = sum;
        }
    }

    public static void MaxPool(ArrayView<float> x, Window window, ArrayView<float> y)
    {
        for (var i = Grid.GlobalIndex.X; i < y.IntLength; i += ElementwiseKernels.Stride)
        {
            var left = i % window.Output.Width * window.Stride.Width - window.Before.Width;
            var top = i / window.Output.Width % window.Output.Height * window.Stride.Height - window.Before.Height;
            var plane = i / window.Output.Area * window.Input.Area;
            var largest = float.NegativeInfinity;
            for (var p = 0; p < window.Kernel.Height; p++)
            {
                var row = top + p * window.Dilation.Height;
                for (var q = 0; q < window.Kernel.Width && row >= 0 && row < window.Input.Height; q++)
                {
                    var column = left + q * window.Dilation.Width;
                    if (column >= 0 && column < window.Input.Width)
                    {
                        largest = DeviceMath.Max(largest, x[plane + row * window.Input.Width + column]);
                    }
                }
            }

            y[i] = largest;
        }
    }

    public static void MaxPoolGradient(ArrayView<float> x, ArrayView<float> y, ArrayView<float> dy, Window window, ArrayView<float> dx)
    {
        for (var i = Grid.GlobalIndex.X; i < dx.IntLength; i += ElementwiseKernels.Stride)
        {
            var inColumn = i % window.Input.Width;
            var inRow = i / window.Input.Width % window.Input.Height;
            var plane = i / window.Input.Area;
            var sum = 0f;
            for (var p = 0; p < window.Kernel.Height; p++)
            {
                var row = Position(inRow + window.Before.Height - p * window.Dilation.Height, window.Stride.Height, window.Output.Height);
                for (var q = 0; q < window.Kernel.Width && row >= 0; q++)
                {
                    var column = Position(inColumn + window.Before.Width - q * window.Dilation.Width, window.Stride.Width, window.Output.Width);
                    if (column >= 0)
                    {
                        var at = (plane * window.Output.Height + row) * window.Output.Width + column;
                        if (IsSame(x[i], y[at]) && IsFirst(x, window, plane, row, column, p, q, y[at]))
                        {
                            sum += dy[at];
                        }
                    }
                }
            }

            dx[i] = sum;
        }
    }

    // The position whose window begins at this distance, or -1.
    private static int Position(int distance, int stride, int positions) =>
        distance >= 0 && distance % stride == 0 && distance / stride < positions ? distance / stride : -1;

    // Whether (p, q) is the first tap with the largest value.
    private static bool IsFirst(ArrayView<float> x, Window window, int plane, int row, int column, int p, int q, float largest)
    {
        var isFirst = true;
        for (var tap = 0; tap < p * window.Kernel.Width + q; tap++)
        {
            var otherRow = row * window.Stride.Height + tap / window.Kernel.Width * window.Dilation.Height - window.Before.Height;
            var otherColumn = column * window.Stride.Width + tap % window.Kernel.Width * window.Dilation.Width - window.Before.Width;
            if (otherRow >= 0 && otherRow < window.Input.Height && otherColumn >= 0 && otherColumn < window.Input.Width
                && IsSame(x[(plane * window.Input.Height + otherRow) * window.Input.Width + otherColumn], largest))
            {
                isFirst = false;
            }
        }

        return isFirst;
    }

    private static bool IsSame(float a, float b) => a == b || (float.IsNaN(a) && float.IsNaN(b));
}
