using System.Runtime.Intrinsics;

namespace DeepNotes.Functions;

/// <summary>
/// y = x·Φ(x), Φ the normal distribution function; y′ = Φ(x) + x·φ(x) (Hendrycks and Gimpel 2016). There is no SIMD
/// error function: Φ comes from Abramowitz and Stegun 7.1.26, whose error is at most 1.5e-7.
/// </summary>
public readonly struct GELU : IUnaryOp
{
    private const float P = 0.3275911f;
    private const float A1 = 0.254829592f;
    private const float A2 = -0.284496736f;
    private const float A3 = 1.421413741f;
    private const float A4 = -1.453152027f;
    private const float A5 = 1.061405429f;
    private const float SqrtHalf = 0.70710678f;
    private const float InverseSqrtTwoPi = 0.39894228f;

    /// <inheritdoc/>
    public float F(float x) => x * Phi(x);

    /// <inheritdoc/>
    public float Derivative(float x, float y) => Phi(x) + x * InverseSqrtTwoPi * MathF.Exp(-0.5f * x * x);

    /// <inheritdoc/>
    public Tensor Derivative(Tensor x, Tensor y) => x.Map<NormalDistribution>() + x * x.Map<NormalDensity>();

    /// <inheritdoc/>
    public static DerivativeUses DerivativeUses => DerivativeUses.Input;

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> x) => x * Phi(x);

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) =>
        Phi(x) + x * InverseSqrtTwoPi * default(Exp).F(x * x * -0.5f);

    // The tail beyond |x|: erfc(|x|/√2)/2.
    internal static float Phi(float x)
    {
        var t = 1 / (1 + P * SqrtHalf * MathF.Abs(x));
        var tail = 0.5f * t * (A1 + t * (A2 + t * (A3 + t * (A4 + t * A5)))) * MathF.Exp(-0.5f * x * x);
        return x < 0 ? tail : 1 - tail;
    }

    internal static Vector512<float> Phi(Vector512<float> x)
    {
        var one = Vector512<float>.One;
        var t = one / (one + Vector512.Abs(x) * (P * SqrtHalf));
        var polynomial = Vector512.Create(A4) + t * A5;
        polynomial = Vector512.Create(A3) + t * polynomial;
        polynomial = Vector512.Create(A2) + t * polynomial;
        polynomial = Vector512.Create(A1) + t * polynomial;
        var tail = t * polynomial * default(Exp).F(x * x * -0.5f) * 0.5f;
        return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), tail, one - tail);
    }
}

/// <summary>
/// The approximation of <see cref="GELU"/> by a tanh: y = x/2·(1 + tanh u), u = √(2/π)(x + 0.044715x³);
/// y′ = (1 + t)/2 + x/2·(1 - t²)·u′, t = tanh u.
/// </summary>
public readonly struct GELUTanh : IUnaryOp
{
    private const float Scale = 0.79788456f;
    private const float Cubic = 0.044715f;

    /// <inheritdoc/>
    public float F(float x) => 0.5f * x * (1 + MathF.Tanh(Scale * (x + Cubic * x * x * x)));

    /// <inheritdoc/>
    public float Derivative(float x, float y)
    {
        var t = MathF.Tanh(Scale * (x + Cubic * x * x * x));
        return 0.5f * (1 + t) + 0.5f * x * (1 - t * t) * Scale * (1 + 3 * Cubic * x * x);
    }

    /// <inheritdoc/>
    public Tensor Derivative(Tensor x, Tensor y)
    {
        var t = (Scale * (x + Cubic * x * x.Square())).Tanh();
        return 0.5f * (1 + t) + 0.5f * Scale * x * (1 - t.Square()) * (1 + 3 * Cubic * x.Square());
    }

    /// <inheritdoc/>
    public static DerivativeUses DerivativeUses => DerivativeUses.Input;

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> x) => x * 0.5f * (Vector512<float>.One + Inner(x));

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y)
    {
        var one = Vector512<float>.One;
        var t = Inner(x);
        return (one + t) * 0.5f + x * 0.5f * (one - t * t) * Scale * (one + x * x * (3 * Cubic));
    }

    private static Vector512<float> Inner(Vector512<float> x) => default(Tanh).F((x + x * x * x * Cubic) * Scale);
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
    public float F(float x) => InverseSqrtTwoPi * MathF.Exp(-0.5f * x * x);

    /// <inheritdoc/>
    public float Derivative(float x, float y) => -x * y;

    /// <inheritdoc/>
    public Tensor Derivative(Tensor x, Tensor y) => -x * y;

    /// <inheritdoc/>
    public static DerivativeUses DerivativeUses => DerivativeUses.Input | DerivativeUses.Value;

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> x) => InverseSqrtTwoPi * default(Exp).F(x * x * -0.5f);

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) => -x * y;
}
