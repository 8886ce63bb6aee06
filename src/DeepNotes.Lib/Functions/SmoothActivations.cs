using System.Runtime.Intrinsics;

namespace DeepNotes.Functions;

/// <summary>y = ln(1 + eˣ), computed as max(0, x) + ln(1 + e^-|x|) so that nothing overflows; y′ = σ(x).</summary>
public readonly struct Softplus : IUnaryOp
{
    /// <inheritdoc/>
    public float F(float x) => MathF.Max(0, x) + MathF.Log(1 + MathF.Exp(-MathF.Abs(x)));

    /// <inheritdoc/>
    public float Derivative(float x, float y) => default(Sigmoid).F(x);

    /// <inheritdoc/>
    public Tensor Derivative(Tensor x, Tensor y) => x.Sigmoid();

    /// <inheritdoc/>
    public static DerivativeUses DerivativeUses => DerivativeUses.Input;

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> x) => Vector512.Max(Vector512<float>.Zero, x)
        + Vector512.Log(Vector512<float>.One + default(Exp).F(-Vector512.Abs(x)));

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) => default(Sigmoid).F(x);
}

/// <summary>y = x·σ(x), also called Swish; y′ = σ(x)(1 + x(1 - σ(x))) (Elfwing et al. 2018; Ramachandran et al. 2017).</summary>
public readonly struct SiLU : IUnaryOp
{
    /// <inheritdoc/>
    public float F(float x) => x * default(Sigmoid).F(x);

    /// <inheritdoc/>
    public float Derivative(float x, float y)
    {
        var s = default(Sigmoid).F(x);
        return s * (1 + x * (1 - s));
    }

    /// <inheritdoc/>
    public Tensor Derivative(Tensor x, Tensor y)
    {
        var s = x.Sigmoid();
        return s * (1 + x * (1 - s));
    }

    /// <inheritdoc/>
    public static DerivativeUses DerivativeUses => DerivativeUses.Input;

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> x) => x * default(Sigmoid).F(x);

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y)
    {
        var s = default(Sigmoid).F(x);
        return s * (Vector512<float>.One + x * (Vector512<float>.One - s));
    }
}

/// <summary>
/// y = x·tanh(softplus x) (Misra 2019). With w = eˣ and n = w(w + 2), tanh(ln(1 + w)) = n/(n + 2); above 20 it is 1 in
/// float32, and w² must not overflow. y′ = t + x·σ(x)(1 - t²), with t that tanh.
/// </summary>
public readonly struct Mish : IUnaryOp
{
    private const float Saturated = 20;

    /// <inheritdoc/>
    public float F(float x) => x * TanhSoftplus(x);

    /// <inheritdoc/>
    public float Derivative(float x, float y)
    {
        var t = TanhSoftplus(x);
        return t + x * default(Sigmoid).F(x) * (1 - t * t);
    }

    /// <inheritdoc/>
    public Tensor Derivative(Tensor x, Tensor y)
    {
        var t = x.Map<Softplus>().Tanh();
        return t + x * x.Sigmoid() * (1 - t.Square());
    }

    /// <inheritdoc/>
    public static DerivativeUses DerivativeUses => DerivativeUses.Input;

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> x) => x * TanhSoftplus(x);

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y)
    {
        var t = TanhSoftplus(x);
        return t + x * default(Sigmoid).F(x) * (Vector512<float>.One - t * t);
    }

    private static float TanhSoftplus(float x)
    {
        var w = MathF.Exp(MathF.Min(x, Saturated));
        var n = w * (w + 2);
        return n / (n + 2);
    }

    private static Vector512<float> TanhSoftplus(Vector512<float> x)
    {
        var two = Vector512.Create(2f);
        var w = default(Exp).F(Vector512.Min(x, Vector512.Create(Saturated)));
        var n = w * (w + two);
        return n / (n + two);
    }
}
