using System.Runtime.Intrinsics;

namespace DeepNotes.Functions;

/// <summary>y = x between -1 and 1, and the nearer of these outside; y′ = 1 inside, else 0.</summary>
public readonly struct HardTanh : IUnaryOp
{
    /// <inheritdoc/>
    public float F(float x) => MathF.Min(1, MathF.Max(-1, x));

    /// <inheritdoc/>
    public float Derivative(float x, float y) => MathF.Abs(x) < 1 ? 1f : 0f;

    /// <inheritdoc/>
    public Tensor Derivative(Tensor x, Tensor y) => x.Slope(this, y);

    /// <inheritdoc/>
    public static DerivativeUses DerivativeUses => DerivativeUses.Input;

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> x) => Vector512.Min(Vector512<float>.One, Vector512.Max(-Vector512<float>.One, x));

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) =>
        Vector512.LessThan(Vector512.Abs(x), Vector512<float>.One) & Vector512<float>.One;
}

/// <summary>y = (x + 3)/6 between -3 and 3, 0 to the left and 1 to the right; y′ = 1/6 inside, else 0.</summary>
public readonly struct HardSigmoid : IUnaryOp
{
    /// <inheritdoc/>
    public float F(float x) => MathF.Min(6, MathF.Max(0, x + 3)) / 6;

    /// <inheritdoc/>
    public float Derivative(float x, float y) => MathF.Abs(x) < 3 ? 1f / 6 : 0;

    /// <inheritdoc/>
    public Tensor Derivative(Tensor x, Tensor y) => x.Slope(this, y);

    /// <inheritdoc/>
    public static DerivativeUses DerivativeUses => DerivativeUses.Input;

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> x) => Vector512.Min(
        Vector512.Create(6f), Vector512.Max(Vector512<float>.Zero, x + Vector512.Create(3f))) / 6;

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) =>
        Vector512.LessThan(Vector512.Abs(x), Vector512.Create(3f)) & Vector512.Create(1f / 6);
}

/// <summary>y = x · hardSigmoid(x) (Howard et al. 2019), 0 at -∞ too; y′ = (2x + 3)/6 between -3 and 3, 0 to the left and 1 to the right.</summary>
public readonly struct HardSwish : IUnaryOp
{
    /// <inheritdoc/>
    public float F(float x) => MathF.Max(-3, x) * default(HardSigmoid).F(x);

    /// <inheritdoc/>
    public float Derivative(float x, float y) => x < -3 ? 0f : x > 3 ? 1f : (x + x + 3) / 6;

    /// <inheritdoc/>
    public Tensor Derivative(Tensor x, Tensor y)
    {
        var h = x.Map<HardSigmoid>();
        return h + x * x.Slope(default(HardSigmoid), h);
    }

    /// <inheritdoc/>
    public static DerivativeUses DerivativeUses => DerivativeUses.Input;

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> x) => Vector512.Max(Vector512.Create(-3f), x) * default(HardSigmoid).F(x);

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y)
    {
        var three = Vector512.Create(3f);
        var inside = (x + x + three) / 6;
        var right = Vector512.ConditionalSelect(Vector512.GreaterThan(x, three), Vector512<float>.One, inside);
        return Vector512.ConditionalSelect(Vector512.LessThan(x, -three), Vector512<float>.Zero, right);
    }
}
