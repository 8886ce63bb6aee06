namespace DeepNotes.Backends.Plain;

internal partial class PlainBackend
{
    /// <summary>y[r, i] = x[r, i] - max x[r] - ln Σⱼ e^(x[r, j] - max x[r]).</summary>
    public void LogSoftmax(DeviceBuffer x, DeviceBuffer y, int rows, int count)
    {
        var (xs, ys) = (new Array2D(x, count), new Array2D(y, count));
        for (var r = 0; r < rows; r++)
        {
            var largest = xs[r, Largest(xs.Row(r))];
            var logarithm = LogOfSum(xs.Row(r));
            for (var i = 0; i < count; i++)
            {
                ys[r, i] = (float)(xs[r, i] - largest - logarithm);
            }
        }
    }

    /// <summary>
    /// dx[r, i] = dy[r, i] - e^y[r, i]·Σⱼ dy[r, j]. As -(e^y - 1)·dy - e^y·(Σ of the other dy) nothing cancels where one e^y is
    /// nearly 1 and its dy nearly the whole sum.
    /// </summary>
    public void LogSoftmaxGradient(DeviceBuffer y, DeviceBuffer dy, DeviceBuffer dx, int rows, int count)
    {
        var (ys, dys, dxs) = (new Array2D(y, count), new Array2D(dy, count), new Array2D(dx, count));
        for (var r = 0; r < rows; r++)
        {
            for (var i = 0; i < count; i++)
            {
                var others = 0.0;
                for (var j = 0; j < count; j++)
                {
                    others += j == i ? 0 : dys[r, j];
                }

                dxs[r, i] = (float)(-ExpMinusOne(ys[r, i]) * dys[r, i] - Math.Exp(ys[r, i]) * others);
            }
        }
    }

    /// <summary>
    /// With p = softmax(x[n]) and t = labels[n]: d[n, i] = p[i] - [i = t] and y[n] = -weights[n]·ln p[t].
    /// Of the label's own d, p[t] - 1 = -(Σ of the other p), in which nothing cancels where p[t] is nearly 1.
    /// </summary>
    public void CrossEntropy(DeviceBuffer x, int[] labels, DeviceBuffer? weights, DeviceBuffer d, DeviceBuffer y, int count)
    {
        var (xs, ds) = (new Array2D(x, count), new Array2D(d, count));
        for (var n = 0; n < labels.Length; n++)
        {
            var t = labels[n];
            var largest = xs[n, Largest(xs.Row(n))];
            var others = 0.0;
            for (var i = 0; i < count; i++)
            {
                others += i == t ? 0 : Math.Exp(xs[n, i] - largest);
            }

            var sum = others + Math.Exp(xs[n, t] - largest);
            for (var i = 0; i < count; i++)
            {
                ds[n, i] = (float)((i == t ? -others : Math.Exp(xs[n, i] - largest)) / sum);
            }

            PlainBuffer.Of(y)[n] = (float)(Weight(weights, n) * (largest - xs[n, t] + LogOfSum(xs.Row(n))));
        }
    }

    /// <summary>dx[n, i] = factor·dy[n]·weights[n]·d[n, i], with one dy for all rows or one for each.</summary>
    public void CrossEntropyGradient(DeviceBuffer d, DeviceBuffer? weights, DeviceBuffer dy, float factor, DeviceBuffer dx, int count)
    {
        var (ds, dxs, dys) = (PlainBuffer.Of(d), PlainBuffer.Of(dx), PlainBuffer.Of(dy));
        for (var i = 0; i < dxs.Length; i++)
        {
            var n = i / count;
            dxs[i] = factor * dys[dys.Length == 1 ? 0 : n] * Weight(weights, n) * ds[i];
        }
    }

    private static float Weight(DeviceBuffer? weights, int n) => weights is null ? 1 : PlainBuffer.Of(weights)[n];

    private static int Largest(ReadOnlySpan<float> row)
    {
        var largest = 0;
        for (var i = 1; i < row.Length; i++)
        {
            largest = row[i] > row[largest] ? i : largest;
        }

        return largest;
    }

    // ln Σ e^(x - max x): the largest one's power is 1, so it is ln(1 + u) with the sum u of the others, which may be far too small
    // to be seen beside 1. As 2 artanh(u/(u + 2)) it keeps its digits. An infinite largest value has no distance from itself: NaN.
    private static double LogOfSum(ReadOnlySpan<float> row)
    {
        var largest = Largest(row);
        double others = row[largest] - row[largest];
        for (var i = 0; i < row.Length; i++)
        {
            others += i == largest ? 0 : Math.Exp(row[i] - row[largest]);
        }

        return 2 * Math.Atanh(others / (others + 2));
    }

    // e^x - 1 with the digits that the difference would lose at small x.
    private static double ExpMinusOne(double x) => 2 / (1 / Math.Tanh(x / 2) - 1);
}
