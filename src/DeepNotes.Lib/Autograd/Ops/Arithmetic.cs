using DeepNotes.Functions;

namespace DeepNotes;

public sealed partial class Tensor
{
    /// <summary>a + b, broadcast; da = dy, db = dy.</summary>
    public static Tensor operator +(Tensor a, Tensor b) => Zip<Add>("Add", a, b, dy => [dy, dy]);

    /// <summary>a - b, broadcast; da = dy, db = -dy.</summary>
    public static Tensor operator -(Tensor a, Tensor b) => Zip<Subtract>(
        "Subtract", a, b, dy => [dy, b.RequiresGradient ? -dy : null]);

    /// <summary>a · b element by element, broadcast; da = dy · b, db = dy · a.</summary>
    public static Tensor operator *(Tensor a, Tensor b) => Zip<Multiply>(
        "Multiply", a, b, dy => [a.RequiresGradient ? dy * b : null, b.RequiresGradient ? dy * a : null]);

    /// <summary>a / b element by element, broadcast; da = dy / b, db = -dy · a / b².</summary>
    public static Tensor operator /(Tensor a, Tensor b) => Zip<Divide>(
        "Divide", a, b, dy => [a.RequiresGradient ? dy / b : null, b.RequiresGradient ? -dy * a / (b * b) : null]);

    /// <summary>x + c.</summary>
    public static Tensor operator +(Tensor x, float c) => Operand(x, "Add").Map(new Affine(1, c));

    /// <summary>c + x.</summary>
    public static Tensor operator +(float c, Tensor x) => x + c;

    /// <summary>x - c.</summary>
    public static Tensor operator -(Tensor x, float c) => Operand(x, "Subtract").Map(new Affine(1, -c));

    /// <summary>c - x.</summary>
    public static Tensor operator -(float c, Tensor x) => Operand(x, "Subtract").Map(new Affine(-1, c));

    /// <summary>-x.</summary>
    public static Tensor operator -(Tensor x) => Operand(x, "Negate").Map(new Affine(-1, 0));

    /// <summary>x · c.</summary>
    public static Tensor operator *(Tensor x, float c) => Operand(x, "Multiply").Map(new Affine(c, 0));

    /// <summary>c · x.</summary>
    public static Tensor operator *(float c, Tensor x) => x * c;

    /// <summary>x / c.</summary>
    public static Tensor operator /(Tensor x, float c) => float.IsSubnormal(c)
        ? x / Full([], c, Operand(x, "Divide").Device) // 1/c may be infinite where x/c is not.
        : Operand(x, "Divide").Map(new Affine(1 / c, 0));

    /// <summary>c / x.</summary>
    public static Tensor operator /(float c, Tensor x) => Full([], c, Operand(x, "Divide").Device) / x;

    /// <summary>1 where a = b, else 0: a constant, as its derivative is 0 wherever it exists.</summary>
    public static Tensor Equal(Tensor a, Tensor b) => Combine<EqualTo>("Equal", a, b);

    /// <summary>max(a, b), NaN where either is; the larger one, or the NaN, gets the gradient, both get half of it where they are equal.</summary>
    public static Tensor Maximum(Tensor a, Tensor b)
    {
        var y = Combine<Maximum>("Maximum", a, b);
        return Record("Maximum", y, [a, b], dy =>
        {
            var largest = Combine<Maximum>("Maximum", a, b);
            var (fromA, fromB) = (Combine<SameAs>("Maximum", a, largest), Combine<SameAs>("Maximum", b, largest));
            var each = dy / (fromA + fromB);
            return [each * fromA, each * fromB];
        });
    }

    /// <summary>max(0, a + b) in one pass over memory; da = db = dy where y &gt; 0.</summary>
    internal static Tensor AddReLU(Tensor a, Tensor b)
    {
        var y = Combine<AddReLU>("AddReLU", a, b);
        return Record("AddReLU", y, [a, b], dy =>
        {
            var dx = y.MapGradient(default(Functions.ReLU), y, dy);
            return [dx, dx];
        });
    }

    private static Tensor Operand(Tensor? x, string operation) => x ?? throw new ArgumentNullException(
        nameof(x),
        $"{operation}: an operand is null. Is it the Gradient of a tensor before Backward(), or of one that did not ask for it by RequireGradient()?");

    private static Tensor Zip<TOp>(string name, Tensor a, Tensor b, Pullback pullback)
        where TOp : struct, IBinaryOp => Record(name, Combine<TOp>(name, a, b), [a, b], pullback);

    private static Tensor Combine<TOp>(string name, Tensor a, Tensor b)
        where TOp : struct, IBinaryOp
    {
        Operand(a, name).CheckDevice(name, Operand(b, name));
        var y = Empty(Shape.Broadcast(a.Shape, b.Shape, name), a.Device);
        a.Backend.Zip(
            default(TOp), a.Buffer, a.Shape.StridesWithin(y.Shape), b.Buffer, b.Shape.StridesWithin(y.Shape), y.Buffer, [.. y.Shape]);
        return y;
    }
}
