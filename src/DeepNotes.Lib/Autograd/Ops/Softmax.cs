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
        Tensor y;
        using (Recording.Pause())
        {
            var shifted = this - Max(axis, keepAxis: true);
            y = shifted - shifted.Exp().Sum(axis, keepAxis: true).Log();
        }

        return Record("LogSoftmax", y, [this], dy => [dy - y.Exp() * dy.Sum(axis, keepAxis: true)]);
    }
}
