using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepNotes.Functions;

/// <summary>y = max(0, x), y′ = 1 for x &gt; 0, else 0 (at 0 itself 0, as PyTorch has it).</summary>
public readonly struct ReLU : IUnaryOp
{
    /// <inheritdoc/>
    public float F(float x) => MathF.Max(0, x);

    /// <inheritdoc/>
    public float Derivative(float x, float y) => x > 0 ? 1f : 0f;

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

/// <summary>
/// y = 1/(1 + e⁻ˣ), y′ = y(1 - y), at most 1/4. Only e^-|x| is taken, so that nothing overflows: with it y is 1/(1 + e^-|x|) on the
/// right and e^-|x|/(1 + e^-|x|) on the left. On the right 1 - y would cancel: y′ is e^-|x| times the square of the larger of both.
/// </summary>
public readonly struct Sigmoid : IUnaryOp
{
    /// <inheritdoc/>
    public float F(float x) => Both(x).At;

    /// <inheritdoc/>
    public float Derivative(float x, float y)
    {
        var large = MathF.Max(1 - y, y);
        return MathF.Exp(-MathF.Abs(x)) * large * large;
    }

    /// <inheritdoc/>
    public Tensor Derivative(Tensor x, Tensor y) => y * (-x).Sigmoid();

    /// <inheritdoc/>
    public static DerivativeUses DerivativeUses => DerivativeUses.Input | DerivativeUses.Value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> F(Vector512<float> x)
    {
        var power = Exp.OfNegative(-Vector512.Abs(x));
        var numerator = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), power, Vector512<float>.One);
        return numerator / (Vector512<float>.One + power);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y)
    {
        var large = Vector512.MaxNative(Vector512<float>.One - y, y);
        return Exp.OfNegative(-Vector512.Abs(x)) * large * large;
    }

    /// <summary>σ(x) and σ(-x) = 1 - σ(x), both with all their digits.</summary>
    internal static (float At, float Opposite) Both(float x)
    {
        var power = MathF.Exp(-MathF.Abs(x));
        var (large, small) = (1 / (1 + power), power / (1 + power));
        return x < 0 ? (small, large) : (large, small);
    }

    /// <summary>The same for sixteen values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (Vector512<float> At, Vector512<float> Opposite) Both(Vector512<float> x)
    {
        var power = Exp.OfNegative(-Vector512.Abs(x));
        var large = Vector512<float>.One / (Vector512<float>.One + power);
        var (small, isLeft) = (power * large, Vector512.LessThan(x, Vector512<float>.Zero));
        return (Vector512.ConditionalSelect(isLeft, small, large), Vector512.ConditionalSelect(isLeft, large, small));
    }
}

/// <summary>
/// y = (eˣ - e⁻ˣ)/(eˣ + e⁻ˣ), y′ = 1 - y², at most 1; where y is nearly ±1 that would cancel: it is e^(-2|x|)·(1 + |y|)².
/// </summary>
public readonly struct Tanh : IUnaryOp
{
    /// <inheritdoc/>
    public float F(float x) => MathF.Tanh(x);

    /// <inheritdoc/>
    public float Derivative(float x, float y)
    {
        var sum = 1 + MathF.Abs(y);
        return MathF.Exp(-2 * MathF.Abs(x)) * sum * sum;
    }

    /// <inheritdoc/>
    public Tensor Derivative(Tensor x, Tensor y) => 4 * (2 * x).Sigmoid() * (-2 * x).Sigmoid();

    /// <inheritdoc/>
    public static DerivativeUses DerivativeUses => DerivativeUses.Input | DerivativeUses.Value;

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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y)
    {
        var sum = Vector512<float>.One + Vector512.Abs(y);
        return Exp.OfNegative(Vector512.Abs(x) * -2) * sum * sum;
    }
}
