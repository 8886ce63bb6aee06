using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepNotes.Functions;

/// <summary>The perceptron's threshold: y = 1 for x ≥ 0, else 0; y′ = 0, so no gradient ever passes.</summary>
public readonly struct Step : IUnaryOp
{
    /// <inheritdoc/>
    public float F(float x) => x >= 0 ? 1f : 0f;

    /// <inheritdoc/>
    public float Derivative(float x, float y) => 0;

    /// <inheritdoc/>
    public Tensor Derivative(Tensor x, Tensor y) => x.Slope(this, y);

    /// <inheritdoc/>
    public static DerivativeUses DerivativeUses => DerivativeUses.None;

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> x) => Vector512.GreaterThanOrEqual(x, Vector512<float>.Zero) & Vector512<float>.One;

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) => Vector512<float>.Zero;
}

/// <summary>y = x for x &gt; 0, else a·x; y′ = 1 or a (Maas, Hannun, Ng 2013).</summary>
public readonly struct LeakyReLU(float slope) : IUnaryOp
{
    /// <summary>a, the slope of the negative side.</summary>
    public float Slope { get; } = slope;

    /// <inheritdoc/>
    public float F(float x) => x > 0 ? x : Slope * x;

    /// <inheritdoc/>
    public float Derivative(float x, float y) => x > 0 ? 1 : Slope;

    /// <inheritdoc/>
    public Tensor Derivative(Tensor x, Tensor y) => x.Slope(this, y);

    /// <inheritdoc/>
    public static DerivativeUses DerivativeUses => DerivativeUses.Input;

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> x) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), x, x * Slope);

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) => Vector512.ConditionalSelect(
        Vector512.GreaterThan(x, Vector512<float>.Zero), Vector512<float>.One, Vector512.Create(Slope));
}

/// <summary>
/// y = λx for x &gt; 0, else λα(eˣ - 1), without cancellation near 0; y′ = λ or λα·eˣ. With λ = 1 the ELU (Clevert et al. 2016), with the two
/// constants of <see cref="SELU"/> a fixed point of mean 0 and variance 1 (Klambauer et al. 2017).
/// </summary>
public readonly struct ELU(float alpha, float scale = 1) : IUnaryOp
{
    /// <summary>α₀₁ and λ₀₁ of "Self-Normalizing Neural Networks".</summary>
    public static ELU SELU { get; } = new(1.67326324f, 1.05070099f);

    /// <summary>α: far to the left y is -λα.</summary>
    public float Alpha { get; } = alpha;

    /// <summary>λ.</summary>
    public float Scale { get; } = scale;

    /// <inheritdoc/>
    public float F(float x) => x > 0 ? Scale * x : Scale * Alpha * Exp.MinusOne(x);

    /// <inheritdoc/>
    public float Derivative(float x, float y) => x > 0 ? Scale : Scale * Alpha * MathF.Exp(x);

    /// <inheritdoc/>
    public Tensor Derivative(Tensor x, Tensor y)
    {
        var isRight = x.Slope(default(ReLU), x.ReLU());
        return Scale * isRight + (1 - isRight) * (Scale * Alpha) * ((1 - isRight) * x).Exp();
    }

    /// <inheritdoc/>
    public static DerivativeUses DerivativeUses => DerivativeUses.Input;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> F(Vector512<float> x)
    {
        // Only what is left of 0 counts; the native minimum and maximum give their second operand where it is NaN.
        var left = Vector512.MinNative(Vector512<float>.Zero, Vector512.MaxNative(Vector512.Create(-87f), x));
        return Vector512.ConditionalSelect(
            Vector512.GreaterThan(x, Vector512<float>.Zero), x * Scale, Exp.MinusOne(left) * (Scale * Alpha));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) => Vector512.ConditionalSelect(
        Vector512.GreaterThan(x, Vector512<float>.Zero), Vector512.Create(Scale), Exp.OfNegative(x) * (Scale * Alpha));
}
