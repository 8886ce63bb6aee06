using DeepNotes.Functions;

namespace DeepNotes.Backends.Plain;

internal partial class PlainBackend
{
    /// <summary>y[i] = f(x[i]).</summary>
    public void Map<TOp>(TOp f, DeviceBuffer x, DeviceBuffer y)
        where TOp : struct, IUnaryOp
    {
        var (xs, ys) = (PlainBuffer.Of(x), PlainBuffer.Of(y));
        for (var i = 0; i < ys.Length; i++)
        {
            ys[i] = f.F(xs[i]);
        }
    }

    /// <summary>dx[i] = dy[i]·f′(x[i]): the chain rule.</summary>
    public void MapGradient<TOp>(TOp f, DeviceBuffer x, DeviceBuffer y, DeviceBuffer dy, DeviceBuffer dx)
        where TOp : struct, IUnaryOp
    {
        var (xs, ys, dys, dxs) = (PlainBuffer.Of(x), PlainBuffer.Of(y), PlainBuffer.Of(dy), PlainBuffer.Of(dx));
        for (var i = 0; i < dxs.Length; i++)
        {
            dxs[i] = dys[i] * f.Derivative(xs[i], ys[i]);
        }
    }

    /// <summary>y[i] = f(a[i·aStrides], b[i·bStrides]): a stride of 0 repeats an operand along its axis.</summary>
    public void Zip<TOp>(
        TOp f, DeviceBuffer a, ReadOnlySpan<int> aStrides, DeviceBuffer b, ReadOnlySpan<int> bStrides, DeviceBuffer y, ReadOnlySpan<int> lengths)
        where TOp : struct, IBinaryOp
    {
        var (first, second, ys) = (PlainBuffer.Of(a), PlainBuffer.Of(b), PlainBuffer.Of(y));
        for (var i = 0; i < Count(lengths); i++)
        {
            ys[i] = f.F(first[Position(i, lengths, aStrides)], second[Position(i, lengths, bStrides)]);
        }
    }

    /// <summary>y[o, i] = f(…f(f(e, x[o, 0, i]), x[o, 1, i])…, x[o, count - 1, i]), in double.</summary>
    public void Reduce<TOp>(TOp f, DeviceBuffer x, DeviceBuffer y, int outer, int count, int inner)
        where TOp : struct, IReduceOp
    {
        var (xs, ys) = (new Array3D(x, count, inner), new Array2D(y, inner));
        for (var o = 0; o < outer; o++)
        {
            for (var i = 0; i < inner; i++)
            {
                double folded = f.Identity;
                for (var c = 0; c < count; c++)
                {
                    folded = f.Fold(folded, xs[o, c, i]);
                }

                ys[o, i] = (float)folded;
            }
        }
    }

    /// <summary>An optimizer's step: w[i] moves by its gradient g[i], with what is remembered of it in a[i] and b[i].</summary>
    public void Update<TOp>(TOp f, DeviceBuffer w, DeviceBuffer g, DeviceBuffer a, DeviceBuffer b)
        where TOp : struct, IUpdateOp
    {
        var (ws, gs, first, second) = (PlainBuffer.Of(w), PlainBuffer.Of(g), PlainBuffer.Of(a), PlainBuffer.Of(b));
        for (var i = 0; i < ws.Length; i++)
        {
            f.Update(ref ws[i], gs[i], ref first[i], ref second[i]);
        }
    }
}
