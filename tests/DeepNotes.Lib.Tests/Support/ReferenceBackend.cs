using DeepNotes.Backends;
using DeepNotes.Functions;

namespace DeepNotes.Tests.Support;

/// <summary>
/// The oracle: every primitive as the plainest loop over its definition, scalar and on one thread. Its memory is its
/// own kind of buffer, so that anything above the seam that touched memory directly would fail here.
/// </summary>
public class ReferenceBackend : IBackend
{
    public string Name => "reference";

    public DeviceBuffer Allocate(int length) => new Memory(length);

    public void Upload(ReadOnlySpan<float> values, DeviceBuffer y) => values.CopyTo(Of(y));

    public void Download(DeviceBuffer x, Span<float> values) => Of(x).CopyTo(values);

    public void Fill(DeviceBuffer y, float value) => Array.Fill(Of(y), value);

    public void Copy(DeviceBuffer x, View from, DeviceBuffer y, View to)
    {
        for (var i = 0; i < Count(to.Lengths); i++)
        {
            Of(y)[to.Offset + Offset(i, to.Lengths, to.Strides)] = Of(x)[from.Offset + Offset(i, from.Lengths, from.Strides)];
        }
    }

    public void Map<TOp>(TOp f, DeviceBuffer x, DeviceBuffer y)
        where TOp : struct, IUnaryOp
    {
        for (var i = 0; i < y.Length; i++)
        {
            Of(y)[i] = f.F(Of(x)[i]);
        }
    }

    public void MapGradient<TOp>(TOp f, DeviceBuffer x, DeviceBuffer y, DeviceBuffer dy, DeviceBuffer dx)
        where TOp : struct, IUnaryOp
    {
        for (var i = 0; i < dx.Length; i++)
        {
            Of(dx)[i] = Of(dy)[i] * f.Derivative(Of(x)[i], Of(y)[i]);
        }
    }

    public void Zip<TOp>(
        TOp f, DeviceBuffer a, ReadOnlySpan<int> aStrides, DeviceBuffer b, ReadOnlySpan<int> bStrides, DeviceBuffer y, ReadOnlySpan<int> lengths)
        where TOp : struct, IBinaryOp
    {
        for (var i = 0; i < Count(lengths); i++)
        {
            Of(y)[i] = f.F(Of(a)[Offset(i, lengths, aStrides)], Of(b)[Offset(i, lengths, bStrides)]);
        }
    }

    public void Reduce<TOp>(TOp f, DeviceBuffer x, DeviceBuffer y, int outer, int count, int inner)
        where TOp : struct, IReduceOp
    {
        for (var i = 0; i < outer * inner; i++)
        {
            var (o, column) = Math.DivRem(i, inner);
            double folded = f.Identity;
            for (var c = 0; c < count; c++)
            {
                folded = f.Fold(folded, Of(x)[((o * count) + c) * inner + column]);
            }

            Of(y)[i] = (float)folded;
        }
    }

    public void MatrixProduct(Factor a, Factor b, DeviceBuffer c, int count, int m, int k, int n, DeviceBuffer? bias = null)
    {
        var (left, right) = (Of(a.Buffer), Of(b.Buffer));
        for (var i = 0; i < count * m * n; i++)
        {
            var (product, row, column) = (i / (m * n), i / n % m, i % n);
            var aStart = a.Start + (a.IsRepeated ? 0 : product * m * k);
            var bStart = b.Start + (b.IsRepeated ? 0 : product * k * n);
            var (aFirst, aStep) = a.IsTransposed ? (aStart + row, m) : (aStart + row * k, 1);
            var (bFirst, bStep) = b.IsTransposed ? (bStart + column * k, 1) : (bStart + column, n);
            var sum = 0f;
            for (var p = 0; p < k; p++)
            {
                sum += left[aFirst + p * aStep] * right[bFirst + p * bStep];
            }

            Of(c)[i] = bias is null ? sum : sum + Of(bias)[column];
        }
    }

    public void Unfold(DeviceBuffer x, Window window, DeviceBuffer y)
    {
        for (var i = 0; i < y.Length; i++)
        {
            Of(y)[i] = Seen(window, i) is { } at ? Of(x)[at] : 0;
        }
    }

    public void Fold(DeviceBuffer y, Window window, DeviceBuffer x)
    {
        Fill(x, 0);
        for (var i = 0; i < y.Length; i++)
        {
            if (Seen(window, i) is { } at)
            {
                Of(x)[at] += Of(y)[i];
            }
        }
    }

    public void Convolve(DeviceBuffer x, DeviceBuffer w, Filters filters, DeviceBuffer y)
    {
        Fill(y, 0);
        var (xs, ws, ys) = (Of(x), Of(w), Of(y));
        foreach (var (at, weight, place) in Taps(filters))
        {
            ys[place] += xs[at] * ws[weight];
        }
    }

    public void ConvolveGradientInput(DeviceBuffer dy, DeviceBuffer w, Filters filters, DeviceBuffer dx)
    {
        Fill(dx, 0);
        var (dys, ws, dxs) = (Of(dy), Of(w), Of(dx));
        foreach (var (at, weight, place) in Taps(filters))
        {
            dxs[at] += dys[place] * ws[weight];
        }
    }

    public void ConvolveGradientWeight(DeviceBuffer x, DeviceBuffer dy, Filters filters, DeviceBuffer dw)
    {
        Fill(dw, 0);
        var (xs, dys, dws) = (Of(x), Of(dy), Of(dw));
        foreach (var (at, weight, place) in Taps(filters))
        {
            dws[weight] += dys[place] * xs[at];
        }
    }

    public void MaxPool(DeviceBuffer x, Window window, DeviceBuffer y)
    {
        for (var i = 0; i < y.Length; i++)
        {
            Of(y)[i] = Places(window, i).Aggregate(float.NegativeInfinity, (largest, at) => MathF.Max(largest, Of(x)[at]));
        }
    }

    public void MaxPoolGradient(DeviceBuffer x, DeviceBuffer y, DeviceBuffer dy, Window window, DeviceBuffer dx)
    {
        Fill(dx, 0);
        for (var i = 0; i < y.Length; i++)
        {
            foreach (var at in Places(window, i).Where(at => Of(x)[at].Equals(Of(y)[i])).Take(1))
            {
                Of(dx)[at] += Of(dy)[i];
            }
        }
    }

    public void Normalize(
        Channels channels, DeviceBuffer x, DeviceBuffer scale, DeviceBuffer shift, float epsilon, bool rectifies,
        DeviceBuffer mean, DeviceBuffer variance, DeviceBuffer y)
    {
        for (var c = 0; c < channels.Count; c++)
        {
            var mu = Values(channels, c).Average(at => (double)Of(x)[at]);
            var square = Values(channels, c).Average(at => (Of(x)[at] - mu) * (Of(x)[at] - mu));
            (Of(mean)[c], Of(variance)[c]) = ((float)mu, (float)square);
            foreach (var at in Values(channels, c))
            {
                var value = (float)(Of(scale)[c] * (Of(x)[at] - mu) / Math.Sqrt(square + epsilon) + Of(shift)[c]);
                Of(y)[at] = rectifies ? MathF.Max(0, value) : value;
            }
        }
    }

    public void NormalizeGradient(
        Channels channels, DeviceBuffer x, DeviceBuffer scale, DeviceBuffer shift, float epsilon, bool rectifies, DeviceBuffer mean, DeviceBuffer variance,
        DeviceBuffer dy, DeviceBuffer dx, DeviceBuffer dScale, DeviceBuffer dShift)
    {
        for (var c = 0; c < channels.Count; c++)
        {
            var sigma = Math.Sqrt(Of(variance)[c] + epsilon);
            double Hat(int at) => (Of(x)[at] - Of(mean)[c]) / sigma;
            float Upstream(int at) => !rectifies || Of(scale)[c] * Hat(at) + Of(shift)[c] > 0 ? Of(dy)[at] : 0;
            var meanDy = Values(channels, c).Average(at => (double)Upstream(at));
            var meanProduct = Values(channels, c).Average(at => Upstream(at) * Hat(at));
            (Of(dShift)[c], Of(dScale)[c]) = ((float)(meanDy * channels.Values), (float)(meanProduct * channels.Values));
            foreach (var at in Values(channels, c))
            {
                Of(dx)[at] = (float)(Of(scale)[c] / sigma * (Upstream(at) - meanDy - Hat(at) * meanProduct));
            }
        }
    }

    public void LogSoftmax(DeviceBuffer x, DeviceBuffer y, int rows, int count)
    {
        foreach (var start in Starts(rows, count))
        {
            var row = Of(x)[start..(start + count)];
            var (largest, logarithm) = (row.Max(), LogOfSum(row));
            for (var i = 0; i < count; i++)
            {
                Of(y)[start + i] = (float)(row[i] - largest - logarithm);
            }
        }
    }

    public void LogSoftmaxGradient(DeviceBuffer y, DeviceBuffer dy, DeviceBuffer dx, int rows, int count)
    {
        foreach (var start in Starts(rows, count))
        {
            var row = Of(dy)[start..(start + count)];
            var sum = row.Sum(value => (double)value);
            for (var i = start; i < start + count; i++)
            {
                // Of the one value that is nearly all of the row, dy - Σ dy is what the others have.
                Of(dx)[i] = (float)(Of(y)[i] > -0.5
                    ? -row.Where((_, j) => start + j != i).Sum(value => (double)value) - 2 / (1 / Math.Tanh(Of(y)[i] / 2.0) - 1) * sum
                    : Of(dy)[i] - Math.Exp(Of(y)[i]) * sum);
            }
        }
    }

    public void CrossEntropy(DeviceBuffer x, int[] labels, DeviceBuffer? weights, DeviceBuffer d, DeviceBuffer y, int count)
    {
        for (var n = 0; n < labels.Length; n++)
        {
            var row = Of(x).AsSpan(n * count, count).ToArray();
            var largest = row.Max();
            var powers = Array.ConvertAll(row, value => Math.Exp(value - largest));
            var others = powers.Where((_, i) => i != labels[n]).Sum();
            for (var i = 0; i < count; i++)
            {
                Of(d)[n * count + i] = (float)((i == labels[n] ? -others : powers[i]) / (others + powers[labels[n]]));
            }

            Of(y)[n] = (float)((weights is null ? 1 : Of(weights)[n]) * (largest - row[labels[n]] + LogOfSum(row)));
        }
    }

    public void CrossEntropyGradient(DeviceBuffer d, DeviceBuffer? weights, DeviceBuffer dy, float factor, DeviceBuffer dx, int count)
    {
        for (var i = 0; i < dx.Length; i++)
        {
            var n = i / count;
            Of(dx)[i] = factor * Of(dy)[dy.Length == 1 ? 0 : n] * (weights is null ? 1 : Of(weights)[n]) * Of(d)[i];
        }
    }

    // ln Σ e^(x - max x): ln 1 and what the others add to it, as 2 artanh(u/(u + 2)).
    private static double LogOfSum(float[] row)
    {
        var largest = row.Max();
        var first = Array.IndexOf(row, largest);
        var others = row.Where((_, i) => i != first).Sum(value => Math.Exp(value - largest));
        return 2 * Math.Atanh(others / (others + 2));
    }

    // Where each row of so many values begins.
    private static IEnumerable<int> Starts(int rows, int count) => Enumerable.Range(0, rows).Select(row => row * count);

    public void LstmStep(CellStep step, DeviceBuffer fromHidden, DeviceBuffer bias, DeviceBuffer gates, DeviceBuffer cells, DeviceBuffer states)
    {
        for (var at = 0; at < step.State; at++)
        {
            var (sample, j) = Math.DivRem(at, step.Hidden);
            float Gate(int block, Func<float, float> f)
            {
                var gate = block * step.Hidden + j;
                return Of(gates)[step.Gates(sample) + gate] =
                    f(Of(gates)[step.Gates(sample) + gate] + Of(fromHidden)[sample * 4 * step.Hidden + gate] + Of(bias)[gate]);
            }

            var (i, f, g, o) = (Gate(0, default(DeepNotes.Functions.Sigmoid).F), Gate(1, default(DeepNotes.Functions.Sigmoid).F), Gate(2, MathF.Tanh), Gate(3, default(DeepNotes.Functions.Sigmoid).F));
            var cell = f * Of(cells)[step.Before + at] + i * g;
            (Of(cells)[step.Before + step.State + at], Of(states)[step.Before + step.State + at]) = (cell, o * MathF.Tanh(cell));
        }
    }

    public void LstmStepGradient(
        CellStep step, DeviceBuffer gates, DeviceBuffer cells, DeviceBuffer dHidden, DeviceBuffer dStates, DeviceBuffer dCell, DeviceBuffer dGates)
    {
        for (var at = 0; at < step.State; at++)
        {
            var (sample, j) = Math.DivRem(at, step.Hidden);
            int Place(int block) => step.Gates(sample) + block * step.Hidden + j;
            var (i, f, g, o) = (Of(gates)[Place(0)], Of(gates)[Place(1)], Of(gates)[Place(2)], Of(gates)[Place(3)]);
            var (before, y) = (Of(cells)[step.Before + at], MathF.Tanh(Of(cells)[step.Before + step.State + at]));
            var dh = Of(dHidden)[at] + Of(dStates)[step.Before + step.State + at];
            var dc = Of(dCell)[at] + dh * o * (1 - y * y);
            Of(dGates)[Place(0)] = dc * g * i * (1 - i);
            Of(dGates)[Place(1)] = dc * before * f * (1 - f);
            Of(dGates)[Place(2)] = dc * i * (1 - g * g);
            Of(dGates)[Place(3)] = dh * y * o * (1 - o);
            Of(dCell)[at] = dc * f;
        }
    }

    public void Update<TOp>(TOp f, DeviceBuffer w, DeviceBuffer g, DeviceBuffer a, DeviceBuffer b)
        where TOp : struct, IUpdateOp
    {
        for (var i = 0; i < w.Length; i++)
        {
            f.Update(ref Of(w)[i], Of(g)[i], ref Of(a)[i], ref Of(b)[i]);
        }
    }

    public void Gather(DeviceBuffer x, int[] indices, int width, DeviceBuffer y)
    {
        for (var i = 0; i < indices.Length * width; i++)
        {
            Of(y)[i] = Of(x)[indices[i / width] * width + i % width];
        }
    }

    public void ScatterAdd(DeviceBuffer x, int[] indices, int width, DeviceBuffer y)
    {
        for (var i = 0; i < indices.Length * width; i++)
        {
            Of(y)[indices[i / width] * width + i % width] += Of(x)[i];
        }
    }

    // Where in x the element i of the unfolded y[n, c, p, q, row, column] comes from, null for padding.
    private static int? Seen(Window window, int i)
    {
        var (rest, column) = Math.DivRem(i, window.Output.Width);
        (rest, var row) = Math.DivRem(rest, window.Output.Height);
        (rest, var q) = Math.DivRem(rest, window.Kernel.Width);
        (var plane, var p) = Math.DivRem(rest, window.Kernel.Height);
        var y = row * window.Stride.Height + p * window.Dilation.Height - window.Before.Height;
        var x = column * window.Stride.Width + q * window.Dilation.Width - window.Before.Width;
        var isInside = y >= 0 && y < window.Input.Height && x >= 0 && x < window.Input.Width;
        return isInside ? (plane * window.Input.Height + y) * window.Input.Width + x : null;
    }

    // Every product of a convolution: where it is in x, in w and in y.
    private static IEnumerable<(int At, int Weight, int Place)> Taps(Filters filters)
    {
        var (window, perGroup) = (filters.Window, filters.PerGroup);
        for (var i = 0; i < window.Images * window.Taps * window.Output.Area; i++)
        {
            if (Seen(window, i) is not { } at)
            {
                continue;
            }

            var (rest, place) = Math.DivRem(i, window.Output.Area);
            (var image, rest) = Math.DivRem(rest, window.Taps);
            var (group, tap) = Math.DivRem(rest, filters.WeightsEach);
            for (var filter = group * perGroup; filter < (group + 1) * perGroup; filter++)
            {
                yield return (at, filter * filters.WeightsEach + tap, (image * filters.Count + filter) * window.Output.Area + place);
            }
        }
    }

    // Everything in x that the element i of the pooled y[n, c, row, column] sees.
    private static IEnumerable<int> Places(Window window, int i)
    {
        var (plane, place) = Math.DivRem(i, window.Output.Area);
        return Enumerable.Range(0, window.Kernel.Area)
            .Select(tap => Seen(window, (plane * window.Kernel.Area + tap) * window.Output.Area + place))
            .OfType<int>();
    }

    private static IEnumerable<int> Values(Channels channels, int channel) =>
        from image in Enumerable.Range(0, channels.Images)
        from place in Enumerable.Range(0, channels.Places)
        select (image * channels.Count + channel) * channels.Places + place;

    private static float[] Of(DeviceBuffer buffer) => ((Memory)buffer).Values;

    private static int Count(ReadOnlySpan<int> lengths)
    {
        var product = 1;
        foreach (var length in lengths)
        {
            product *= length;
        }

        return product;
    }

    // Element i of a row-major walk, with the strides of one operand.
    private static int Offset(int i, ReadOnlySpan<int> lengths, ReadOnlySpan<int> strides)
    {
        var offset = 0;
        for (var axis = lengths.Length - 1; axis >= 0; axis--)
        {
            (i, var index) = Math.DivRem(i, lengths[axis]);
            offset += index * strides[axis];
        }

        return offset;
    }

    private sealed class Memory(int length) : DeviceBuffer(length)
    {
        // What nobody wrote shows up as NaN.
        public float[] Values { get; } = [.. Enumerable.Repeat(float.NaN, length)];
    }
}
