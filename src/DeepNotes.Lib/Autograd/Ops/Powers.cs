using DeepNotes.Functions;

namespace DeepNotes;

public sealed partial class Tensor
{
    /// <summary>
    /// xᵖ; dx = dy·p·xᵖ⁻¹. There is no operator for it: C#'s <c>^</c> binds less tightly than <c>+</c>, so that
    /// <c>x ^ 2 + 1</c> would mean x³. x⁰ is 1 everywhere, with slope 0; a power that is no whole number of a negative x is NaN.
    /// </summary>
    public Tensor Pow(float exponent) => exponent == 2 ? Square() : Map(new Power(exponent));

    /// <summary>
    /// aᵇ, broadcast, for this a; da = dy·b·aᵇ⁻¹, which is 0 at b = 0, and db = dy·aᵇ·ln a, which is 0 at a = 0 where b ≥ 0.
    /// </summary>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor Pow(Tensor exponent)
    {
        var (a, b) = (this, exponent);
        var y = Combine<Power>("Pow", a, b);
        return Record("Pow", y, [a, b], dy =>
        {
            var zero = Full([], 0, Device);
            return
            [
                a.RequiresGradient ? dy * b * a.Pow((b - 1) * (1 - Equal(b, zero))) : null,
                b.RequiresGradient ? dy * a.Pow(b) * (a + Equal(a, zero) * b.Map<Functions.Step>()).Log() : null,
            ];
        });
    }
}
