using System.Runtime.Intrinsics;

namespace DeepNotes.Functions;

/// <summary>y = |x|, y′ = the sign of x, 0 at 0.</summary>
public readonly struct Abs : IUnaryOp
{
    /// <inheritdoc/>
    public float F(float x) => MathF.Abs(x);

    /// <inheritdoc/>
    public float Derivative(float x, float y) => x > 0 ? 1f : x < 0 ? -1f : 0f;

    /// <inheritdoc/>
    public Tensor Derivative(Tensor x, Tensor y) => x.Slope(this, y);

    /// <inheritdoc/>
    public static DerivativeUses DerivativeUses => DerivativeUses.Input;

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> x) => Vector512.Abs(x);

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) =>
        (Vector512.GreaterThan(x, Vector512<float>.Zero) & Vector512<float>.One)
        - (Vector512.LessThan(x, Vector512<float>.Zero) & Vector512<float>.One);
}

/// <summary>
/// y = x²/2 for |x| ≤ δ, else δ(|x| - δ/2): a parabola that goes on as its tangents. y′ = x kept within ±δ (Huber 1964).
/// </summary>
public readonly struct Huber(float delta) : IUnaryOp
{
    /// <summary>δ, where the parabola ends.</summary>
    public float Delta { get; } = delta;

    /// <inheritdoc/>
    public float F(float x)
    {
        var inside = MathF.Min(MathF.Abs(x), Delta);
        return inside * (MathF.Abs(x) - 0.5f * inside);
    }

    /// <inheritdoc/>
    public float Derivative(float x, float y) => MathF.Max(-Delta, MathF.Min(x, Delta));

    /// <inheritdoc/>
    public Tensor Derivative(Tensor x, Tensor y) => x.Map(new Clamp(-Delta, Delta));

    /// <inheritdoc/>
    public static DerivativeUses DerivativeUses => DerivativeUses.Input;

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> x)
    {
        var inside = Vector512.Min(Vector512.Abs(x), Vector512.Create(Delta));
        return inside * (Vector512.Abs(x) - inside * 0.5f);
    }

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) =>
        Vector512.Max(Vector512.Create(-Delta), Vector512.Min(x, Vector512.Create(Delta)));
}

/// <summary>y = x ln x, continued by 0 at 0; y′ = ln x + 1. A term of an entropy; NaN below 0.</summary>
public readonly struct XLogX : IUnaryOp
{
    /// <inheritdoc/>
    public float F(float x) => x == 0 ? 0 : x * MathF.Log(x);

    /// <inheritdoc/>
    public float Derivative(float x, float y) => MathF.Log(x) + 1;

    /// <inheritdoc/>
    public Tensor Derivative(Tensor x, Tensor y) => x.Log() + 1;

    /// <inheritdoc/>
    public static DerivativeUses DerivativeUses => DerivativeUses.Input;

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> x) => Vector512.ConditionalSelect(
        Vector512.Equals(x, Vector512<float>.Zero), Vector512<float>.Zero, x * Vector512.Log(x));

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) => Vector512.Log(x) + Vector512<float>.One;
}
