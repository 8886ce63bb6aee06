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
    public Tensor Derivative(Tensor x, Tensor y) => x.Slope(this, y);

    /// <inheritdoc/>
    public static DerivativeUses DerivativeUses => DerivativeUses.Value;

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
    public Tensor Derivative(Tensor x, Tensor y) => y * (1 - y);

    /// <inheritdoc/>
    public static DerivativeUses DerivativeUses => DerivativeUses.Value;

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

    /// <inheritdoc/>
    public Tensor Derivative(Tensor x, Tensor y) => 1 - y.Square();

    /// <inheritdoc/>
    public static DerivativeUses DerivativeUses => DerivativeUses.Value;

    /// <summary>tanh |x| = t/(t + 2) with t = e^(2|x|) - 1, which cancels nowhere; beyond 44 it is 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> F(Vector512<float> x)
    {
        // The native minimum gives its second operand where that is NaN.
        var magnitude = Vector512.MinNative(Vector512.Create(44f), Vector512.Abs(x));
        var t = Exp.MinusOne(magnitude + magnitude);
        return Vector512.CopySign(t / (t + Vector512.Create(2f)), x);
    }

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) => Vector512<float>.One - y * y;
}
