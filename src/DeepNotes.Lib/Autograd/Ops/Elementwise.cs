using DeepNotes.Functions;

namespace DeepNotes;

public sealed partial class Tensor
{
    /// <summary>y = f(x) for each element; dx = dy · f′(x). Any struct with a value and a derivative will do.</summary>
    public Tensor Map<TOp>(TOp f = default)
        where TOp : struct, IUnaryOp
    {
        var y = Empty(Shape, Device);
        Backend.Map(f, Buffer, y.Buffer);
        return IsRecorded(this) ? RecordMap(f, y) : y;
    }

    private Tensor RecordMap<TOp>(TOp f, Tensor y)
        where TOp : struct, IUnaryOp => Record(typeof(TOp).Name, y, [this], f, dy => [MapGradient(f, y, dy)]);

    // dy · f′(x) with y = f(x), in one pass over memory that reads only the inputs of f′; in differentiable operations while the
    // graph of the gradient is recorded.
    private Tensor MapGradient<TOp>(TOp f, Tensor y, Tensor dy)
        where TOp : struct, IUnaryOp
    {
        if (Recording.IsOn)
        {
            return dy * f.Derivative(this, y);
        }

        var dx = Empty(Shape, Device);
        var (x, value) = (TOp.DerivativeUses & DerivativeUses.Input, TOp.DerivativeUses & DerivativeUses.Value);
        Backend.MapGradient(f, x != 0 ? Buffer : value != 0 ? y.Buffer : dy.Buffer, value != 0 ? y.Buffer : x != 0 ? Buffer : dy.Buffer, dy.Buffer, dx.Buffer);
        return dx;
    }

    /// <summary>f′(x) as a constant, for a piecewise linear f: its second derivative is 0 wherever it exists.</summary>
    internal Tensor Slope<TOp>(TOp f, Tensor y)
        where TOp : struct, IUnaryOp
    {
        using (Recording.Pause())
        {
            return MapGradient(f, y, Full(Shape, 1, Device));
        }
    }

    /// <summary>eˣ.</summary>
    public Tensor Exp() => Map<Exp>();

    /// <summary>ln x.</summary>
    public Tensor Log() => Map<Log>();

    /// <summary>√x.</summary>
    public Tensor Sqrt() => Map<Sqrt>();

    /// <summary>x².</summary>
    public Tensor Square() => Map<Square>();

    /// <summary>|x|; the gradient at 0 is 0.</summary>
    public Tensor Abs() => Map<Abs>();

    /// <summary>
    /// min(max(x, low), high), also called clip: values outside of the limits become the nearest one. dx = dy within the limits,
    /// both included, and 0 outside. NaN stays.
    /// </summary>
    /// <param name="low">The smallest result; no limit unless given.</param>
    /// <param name="high">The largest result; no limit unless given.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is NaN, or low is above high.</exception>
    public Tensor Clamp(float low = float.NegativeInfinity, float high = float.PositiveInfinity) => low <= high
        ? Map(new Clamp(low, high))
        : throw new ArgumentOutOfRangeException(nameof(low), $"Clamp: expected low ≤ high, got {low} and {high}.");

    /// <summary>max(0, x).</summary>
    public Tensor ReLU() => Map<Functions.ReLU>();

    /// <summary>1/(1 + e⁻ˣ).</summary>
    public Tensor Sigmoid() => Map<Functions.Sigmoid>();

    /// <summary>tanh x.</summary>
    public Tensor Tanh() => Map<Functions.Tanh>();
}
