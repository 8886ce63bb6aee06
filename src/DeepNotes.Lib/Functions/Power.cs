using System.Runtime.Intrinsics;

namespace DeepNotes.Functions;

/// <summary>
/// y = xᵖ with y′ = p·xᵖ⁻¹, and of two numbers y = aᵇ. There is no SIMD power, and e^(p·ln x) would lose as many digits as
/// p·ln x is large: each lane goes by itself.
/// </summary>
public readonly struct Power(float exponent) : IUnaryOp, IBinaryOp
{
    /// <summary>p.</summary>
    public float Exponent { get; } = exponent;

    /// <inheritdoc/>
    public float F(float x) => MathF.Pow(x, Exponent);

    /// <summary>p·xᵖ⁻¹; 0 everywhere for p = 0, also at 0, where xᵖ⁻¹ is infinite.</summary>
    public float Derivative(float x, float y) => Exponent == 0 ? 0 : Exponent * MathF.Pow(x, Exponent - 1);

    /// <inheritdoc/>
    public Tensor Derivative(Tensor x, Tensor y) => Exponent == 0 ? x.Slope(this, y) : Exponent * x.Pow(Exponent - 1);

    /// <inheritdoc/>
    public static DerivativeUses DerivativeUses => DerivativeUses.Input;

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> x) => F(x, Vector512.Create(Exponent));

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) => Exponent == 0
        ? Vector512<float>.Zero
        : F(x, Vector512.Create(Exponent - 1)) * Exponent;

    /// <summary>aᵇ.</summary>
    public float F(float a, float b) => MathF.Pow(a, b);

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> a, Vector512<float> b)
    {
        Span<float> y = stackalloc float[Vector512<float>.Count];
        for (var i = 0; i < y.Length; i++)
        {
            y[i] = MathF.Pow(a[i], b[i]);
        }

        return Vector512.Create<float>(y);
    }
}
