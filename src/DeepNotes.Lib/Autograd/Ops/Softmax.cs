using DeepNotes.Functions;

namespace DeepNotes;

public sealed partial class Tensor
{
    /// <summary>
    /// yᵢ = e^(xᵢ/T) / Σₖ e^(xₖ/T) along an axis, computed from x - max x so that nothing overflows.
    /// dx = y·(dy - Σ dy·y)/T, the product with the Jacobian yᵢ(δᵢⱼ - yⱼ)/T.
    /// </summary>
    /// <param name="axis">Along which the results add up to 1; negative numbers count from the last.</param>
    /// <param name="temperature">T: above 1 the results are more alike, towards 0 the largest takes all.</param>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    /// <exception cref="ArgumentOutOfRangeException">T is not positive and finite.</exception>
    public Tensor Softmax(int axis = -1, float temperature = 1)
    {
        Check.Positive(temperature, "Softmax");
        axis = Shape.Axis(axis, "Softmax");
        Tensor y;
        using (Recording.Pause())
        {
            // Of no values there is no largest one, and there are no results.
            var e = Length == 0 ? this : Divided(this - Max(axis, keepAxis: true), temperature).Exp();
            y = e / e.Sum(axis, keepAxis: true);
        }

        return Record("Softmax", y, [this], (axis, temperature), dy => [Divided(y * (dy - (dy * y).Sum(axis, keepAxis: true)), temperature)]);
    }

    /// <summary>
    /// ln softmax(x/T) = (x - max x)/T - ln Σₖ e^((xₖ - max x)/T), never the logarithm of a rounded zero.
    /// dx = (dy - softmax(x/T) · Σ dy)/T.
    /// </summary>
    /// <param name="axis">As in <see cref="Softmax"/>.</param>
    /// <param name="temperature">T, as in <see cref="Softmax"/>.</param>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    /// <exception cref="ArgumentOutOfRangeException">T is not positive and finite.</exception>
    public Tensor LogSoftmax(int axis = -1, float temperature = 1)
    {
        Check.Positive(temperature, "LogSoftmax");
        axis = Shape.Axis(axis, "LogSoftmax");

        // The largest is taken away before the division: x/T may be infinite. As a constant, for it changes nothing.
        var z = temperature == 1 ? this : Divided(this - Max(axis, keepAxis: true).Detach(), temperature);
        return z.LogSoftmaxAlong(axis);
    }

    /// <summary>
    /// H = -Σᵢ pᵢ ln pᵢ of probabilities along an axis, which is dropped, in nats; 0·ln 0 = 0. dp = -dy·(ln p + 1), infinite at
    /// p = 0: for the entropy of scores use <see cref="Loss.Entropy(Tensor)"/>.
    /// </summary>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public Tensor Entropy(int axis = -1) => -Map<XLogX>().Sum(Shape.Axis(axis, "Entropy"));

    private static Tensor Divided(Tensor x, float temperature) => temperature == 1 ? x : x / temperature;

    private Tensor LogSoftmaxAlong(int axis)
    {
        var last = Shape.Count - 1;
        if (axis != last)
        {
            int[] order = [.. Enumerable.Range(0, Shape.Count)];
            (order[axis], order[last]) = (last, axis);
            return Permute(order).LogSoftmaxAlong(last).Permute(order);
        }

        var y = Empty(Shape, Device);
        Backend.LogSoftmax(Buffer, y.Buffer, LastAxisRuns, Shape[^1]);
        return Record("LogSoftmax", y, [this], dy => [LogSoftmaxGradient(y, dy)]);
    }

    /// <summary>
    /// dx = dy - eʸ·Σ dy for y = ln softmax(x) along the last axis, an operation with derivatives: for an upstream g of dx,
    /// -eʸ·g·Σ dy to y and g - Σ g·eʸ to dy.
    /// </summary>
    internal static Tensor LogSoftmaxGradient(Tensor y, Tensor dy)
    {
        var dx = Empty(y.Shape, y.Device);
        y.Backend.LogSoftmaxGradient(y.Buffer, dy.Buffer, dx.Buffer, y.LastAxisRuns, y.Shape[^1]);
        return Record("LogSoftmaxGradient", dx, [y, dy], g =>
        {
            var gOfPower = g * y.Exp();
            return [-gOfPower * dy.Sum(-1, keepAxis: true), g - gOfPower.Sum(-1, keepAxis: true)];
        });
    }

    // How many runs of the last axis there are.
    private int LastAxisRuns => Length / Math.Max(1, Shape[^1]);
}
