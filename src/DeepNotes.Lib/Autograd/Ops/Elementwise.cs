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
        return Record(typeof(TOp).Name, y, [this], dy =>
        {
            var dx = Empty(Shape, Device);
            Backend.MapGradient(f, Buffer, y.Buffer, dy.Buffer, dx.Buffer);
            return [dx];
        });
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

    /// <summary>max(0, x).</summary>
    public Tensor ReLU() => Map<Functions.ReLU>();

    /// <summary>1/(1 + e⁻ˣ).</summary>
    public Tensor Sigmoid() => Map<Functions.Sigmoid>();

    /// <summary>tanh x.</summary>
    public Tensor Tanh() => Map<Functions.Tanh>();
}
