namespace DeepNotes;

public sealed partial class Tensor
{
    /// <summary>
    /// yᵢ = eˣⁱ / Σₖ eˣᵏ along an axis, computed from x - max x so that nothing overflows.
    /// dx = y · (dy - Σ dy·y), the product with the Jacobian yᵢ(δᵢⱼ - yⱼ).
    /// </summary>
    public Tensor Softmax(int axis = -1)
    {
        Tensor y;
        using (Recording.Pause())
        {
            var e = (this - Max(axis, keepAxis: true)).Exp();
            y = e / e.Sum(axis, keepAxis: true);
        }

        return Record("Softmax", y, [this], dy => [y * (dy - (dy * y).Sum(axis, keepAxis: true))]);
    }

    /// <summary>
    /// ln softmax(x) = x - max x - ln Σₖ e^(xₖ - max x), never the logarithm of a rounded zero.
    /// dx = dy - softmax(x) · Σ dy.
    /// </summary>
    public Tensor LogSoftmax(int axis = -1)
    {
        var last = Shape.Count - 1;
        if (Shape.Axis(axis) is var at && at != last)
        {
            int[] order = [.. Enumerable.Range(0, Shape.Count)];
            (order[at], order[last]) = (last, at);
            return Permute(order).LogSoftmax().Permute(order);
        }

        var y = Empty(Shape, Device);
        Backend.LogSoftmax(Buffer, y.Buffer, LastAxisRuns, Shape[^1]);
        return Record("LogSoftmax", y, [this], dy =>
        {
            if (Recording.IsOn)
            {
                return [dy - y.Exp() * dy.Sum(-1, keepAxis: true)];
            }

            var dx = Empty(Shape, Device);
            Backend.LogSoftmaxGradient(y.Buffer, dy.Buffer, dx.Buffer, LastAxisRuns, Shape[^1]);
            return [dx];
        });
    }

    // How many runs of the last axis there are.
    private int LastAxisRuns => Length / Math.Max(1, Shape[^1]);
}
