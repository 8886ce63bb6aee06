using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MathNet.Numerics;

namespace DeepNotes.Functions;

/// <summary>
/// y = x·Φ(x), Φ the normal distribution function; y′ = Φ(x) + x·φ(x) (Hendrycks and Gimpel 2016). Φ(-a) = erfc(a/√2)/2 is
/// e^(-a²/2)·q(a) with a smooth q, which keeps the relative precision of the tail down to the smallest float32.
/// </summary>
public readonly struct GELU : IUnaryOp
{
    // Beyond it Φ is 0 or 1 in float32; x is clamped to it, because 0·∞ is NaN.
    private const float End = 15;
    private const float InverseSqrtTwoPi = 0.39894228f;

    /// <inheritdoc/>
    public float F(float x) => MathF.Max(-End, x) * Phi(x);

    /// <inheritdoc/>
    public float Derivative(float x, float y) => Slope(x);

    /// <inheritdoc/>
    public Tensor Derivative(Tensor x, Tensor y) => x.Map<NormalDistribution>() + x * x.Map<NormalDensity>();

    /// <inheritdoc/>
    public static DerivativeUses DerivativeUses => DerivativeUses.Input;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> F(Vector512<float> x) => Vector512.MaxNative(Vector512.Create(-End), x) * Phi(x);

    /// <summary>y′(-a) = e^(-a²/2)·(q(a) - a/√(2π)), and y′(a) = 1 - y′(-a).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y)
    {
        var a = Vector512.MinNative(Vector512.Create(End), Vector512.Abs(x));
        var left = Power(a) * (Quotient(a) - a * InverseSqrtTwoPi);
        return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), left, Vector512<float>.One - left);
    }

    internal static float Phi(float x) => (float)Distribution(x);

    internal static float Slope(float x)
    {
        double u = Math.Clamp(x, -End, End);
        return (float)(Distribution(u) + u * Math.Exp(-0.5 * u * u) / Math.Sqrt(2 * Math.PI));
    }

    private static double Distribution(double x) => 0.5 * SpecialFunctions.Erfc(-x / Math.Sqrt(2));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Phi(Vector512<float> x)
    {
        var a = Vector512.MinNative(Vector512.Create(End), Vector512.Abs(x));
        var tail = Power(a) * Quotient(a);
        return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), tail, Vector512<float>.One - tail);
    }

    // e^(-a²/2). Rounding a² would cause a relative error of up to a²/2 ulp: with h the upper half of a's digits, h² is exact, and
    // a² - h² = (a - h)(a + h).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Power(Vector512<float> a)
    {
        var h = (a.AsInt32() & Vector512.Create(~0xFFF)).AsSingle();
        return Exp.OfSum(h * h * -0.5f, (a - h) * (a + h) * -0.5f);
    }

    // q(a) = e^(a²/2)·erfc(a/√2)/2 is r = 1/(a + 4) times a polynomial in s = (a - 4)/(a + 4) = 1 - 8r: a minimax fit over 0 to 15,
    // with a relative error of 1e-8.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Quotient(Vector512<float> a)
    {
        var r = Vector512<float>.One / (a + Vector512.Create(4f));
        var s = Vector512<float>.One - r * 8;
        var p = Vector512.Create(-1.3419637e-4f);
        p = Vector512.MultiplyAddEstimate(p, s, Vector512.Create(1.7465906e-4f));
        p = Vector512.MultiplyAddEstimate(p, s, Vector512.Create(1.5684081e-3f));
        p = Vector512.MultiplyAddEstimate(p, s, Vector512.Create(-3.5102109e-3f));
        p = Vector512.MultiplyAddEstimate(p, s, Vector512.Create(-7.5240042e-3f));
        p = Vector512.MultiplyAddEstimate(p, s, Vector512.Create(6.0403489e-2f));
        p = Vector512.MultiplyAddEstimate(p, s, Vector512.Create(-1.8652366e-1f));
        p = Vector512.MultiplyAddEstimate(p, s, Vector512.Create(3.8713691e-1f));
        p = Vector512.MultiplyAddEstimate(p, s, Vector512.Create(-6.0789657e-1f));
        p = Vector512.MultiplyAddEstimate(p, s, Vector512.Create(7.5528514e-1f));
        return p * r;
    }
}

/// <summary>
/// The approximation of <see cref="GELU"/> by a tanh: y = x/2·(1 + tanh(v/2)) with v = 2√(2/π)(x + 0.044715x³), which is x·σ(v): in
/// this form the left tail does not cancel. y′ = σ(v) + x·σ(v)·σ(-v)·v′.
/// </summary>
public readonly struct GELUTanh : IUnaryOp
{
    private const float Linear = 1.59576912f;
    private const float Cubic = 0.0713548163f;

    // Beyond it σ(v) is 0 or 1 in float32, and an x that ends there keeps 0·∞ away.
    private const float End = 16;

    /// <inheritdoc/>
    public float F(float x) => MathF.Max(-End, x) * default(Sigmoid).F(x * (Linear + Cubic * x * x));

    /// <inheritdoc/>
    public float Derivative(float x, float y)
    {
        x = Math.Clamp(x, -End, End);
        var (at, opposite) = Sigmoid.Both(x * (Linear + Cubic * x * x));
        return at * (1 + x * opposite * (Linear + 3 * Cubic * x * x));
    }

    /// <inheritdoc/>
    public Tensor Derivative(Tensor x, Tensor y)
    {
        var v = x * (Linear + Cubic * x.Square());
        return v.Sigmoid() * (1 + x * (-v).Sigmoid() * (Linear + 3 * Cubic * x.Square()));
    }

    /// <inheritdoc/>
    public static DerivativeUses DerivativeUses => DerivativeUses.Input;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> F(Vector512<float> x)
    {
        x = Vector512.MaxNative(Vector512.Create(-End), x);
        return x * default(Sigmoid).F(x * Vector512.MultiplyAddEstimate(x * x, Vector512.Create(Cubic), Vector512.Create(Linear)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y)
    {
        x = Vector512.MinNative(Vector512.Create(End), Vector512.MaxNative(Vector512.Create(-End), x));
        var square = x * x;
        var (at, opposite) = Sigmoid.Both(x * Vector512.MultiplyAddEstimate(square, Vector512.Create(Cubic), Vector512.Create(Linear)));
        var slope = Vector512.MultiplyAddEstimate(square, Vector512.Create(3 * Cubic), Vector512.Create(Linear));
        return at * (Vector512<float>.One + x * opposite * slope);
    }
}

/// <summary>y = Φ(x), the normal distribution function; y′ = φ(x).</summary>
public readonly struct NormalDistribution : IUnaryOp
{
    /// <inheritdoc/>
    public float F(float x) => GELU.Phi(x);

    /// <inheritdoc/>
    public float Derivative(float x, float y) => default(NormalDensity).F(x);

    /// <inheritdoc/>
    public Tensor Derivative(Tensor x, Tensor y) => x.Map<NormalDensity>();

    /// <inheritdoc/>
    public static DerivativeUses DerivativeUses => DerivativeUses.Input;

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> x) => GELU.Phi(x);

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) => default(NormalDensity).F(x);
}

/// <summary>y = φ(x) = e^(-x²/2)/√(2π), the normal density; y′ = -x·y.</summary>
public readonly struct NormalDensity : IUnaryOp
{
    private const float InverseSqrtTwoPi = 0.39894228f;

    /// <inheritdoc/>
    public float F(float x) => Of(x);

    /// <inheritdoc/>
    public float Derivative(float x, float y) => -x * y;

    /// <inheritdoc/>
    public Tensor Derivative(Tensor x, Tensor y) => -x * y;

    /// <inheritdoc/>
    public static DerivativeUses DerivativeUses => DerivativeUses.Input | DerivativeUses.Value;

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> x) => InverseSqrtTwoPi * GELU.Power(Vector512.MinNative(Vector512.Create(15f), Vector512.Abs(x)));

    internal static float Of(float x) => (float)(Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI));

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) => -x * y;
}
