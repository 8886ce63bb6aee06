using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepNotes.Functions;

/// <summary>y = max(0, x), y′ = 1 for x &gt; 0, else 0 (at 0 itself 0, as PyTorch has it).</summary>
public readonly struct ReLU : IUnaryOp
{
    /// <inheritdoc/>
    public float F(float x) => MathF.Max(0, x);

    /// <inheritdoc/>
    public float Derivative(float x, float y) => x > 0 ? 1 : 0;

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> x) => Vector512.Max(Vector512<float>.Zero, x);

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) =>
        Vector512.GreaterThan(x, Vector512<float>.Zero) & Vector512<float>.One;
}

/// <summary>y = 1/(1 + e⁻ˣ), y′ = y(1 - y), at most 1/4.</summary>
public readonly struct Sigmoid : IUnaryOp
{
    /// <inheritdoc/>
    public float F(float x) => 1 / (1 + MathF.Exp(-x));

    /// <inheritdoc/>
    public float Derivative(float x, float y) => y * (1 - y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> F(Vector512<float> x) =>
        Vector512<float>.One / (Vector512<float>.One + default(Exp).F(-x));

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) => y * (Vector512<float>.One - y);
}

/// <summary>y = (eˣ - e⁻ˣ)/(eˣ + e⁻ˣ), y′ = 1 - y², at most 1.</summary>
public readonly struct Tanh : IUnaryOp
{
    /// <inheritdoc/>
    public float F(float x) => MathF.Tanh(x);

    /// <inheritdoc/>
    public float Derivative(float x, float y) => 1 - y * y;

    /// <summary>
    /// tanh x = 1 - 2/(e²ˣ + 1), which cancels near 0; there, below 0.625, an odd polynomial of degree 11 fitted to
    /// tanh (coefficients of Moshier's Cephes library).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> F(Vector512<float> x)
    {
        var one = Vector512<float>.One;
        var magnitude = Vector512.Abs(x);
        var far = Vector512.CopySign(one - (one + one) / (default(Exp).F(magnitude + magnitude) + one), x);
        var s = x * x;
        var p = Vector512.Create(-5.70498872745e-3f);
        p = p * s + Vector512.Create(2.06390887954e-2f);
        p = p * s + Vector512.Create(-5.37397155531e-2f);
        p = p * s + Vector512.Create(1.33314422036e-1f);
        p = p * s + Vector512.Create(-3.33332819422e-1f);
        return Vector512.ConditionalSelect(Vector512.LessThan(magnitude, Vector512.Create(0.625f)), x + x * s * p, far);
    }

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) => Vector512<float>.One - y * y;
}
