using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepNotes.Functions;

/// <summary>
/// y = ln(1 + eˣ), computed as max(0, x) + ln(1 + e^-|x|) so that nothing overflows, and the left tail is eˣ and not 0; y′ = σ(x).
/// </summary>
public readonly struct Softplus : IUnaryOp
{
    /// <inheritdoc/>
    public float F(float x) => MathF.Max(0, x) + Log.OnePlus(MathF.Exp(-MathF.Abs(x)));

    /// <inheritdoc/>
    public float Derivative(float x, float y) => default(Sigmoid).F(x);

    /// <inheritdoc/>
    public Tensor Derivative(Tensor x, Tensor y) => x.Sigmoid();

    /// <inheritdoc/>
    public static DerivativeUses DerivativeUses => DerivativeUses.Input;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> F(Vector512<float> x) =>
        Vector512.Max(Vector512<float>.Zero, x) + Log.OnePlus(Exp.OfNegative(-Vector512.Abs(x)));

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) => default(Sigmoid).F(x);
}

/// <summary>
/// y = x·σ(x), also called Swish; y′ = σ(x)(1 + x·σ(-x)) (Elfwing et al. 2018; Ramachandran et al. 2017). Beyond ±128 σ is 0 or 1, and
/// an x that ends there keeps 0·∞ away.
/// </summary>
public readonly struct SiLU : IUnaryOp
{
    private const float End = 128;

    /// <inheritdoc/>
    public float F(float x) => MathF.Max(-End, x) * default(Sigmoid).F(x);

    /// <inheritdoc/>
    public float Derivative(float x, float y)
    {
        x = Math.Clamp(x, -End, End);
        var (at, opposite) = Sigmoid.Both(x);
        return at * (1 + x * opposite);
    }

    /// <inheritdoc/>
    public Tensor Derivative(Tensor x, Tensor y)
    {
        var s = x.Sigmoid();
        return s * (1 + x * (-x).Sigmoid());
    }

    /// <inheritdoc/>
    public static DerivativeUses DerivativeUses => DerivativeUses.Input;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> F(Vector512<float> x) => Vector512.MaxNative(Vector512.Create(-End), x) * default(Sigmoid).F(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y)
    {
        x = Vector512.MinNative(Vector512.Create(End), Vector512.MaxNative(Vector512.Create(-End), x));
        var (at, opposite) = Sigmoid.Both(x);
        return at * (Vector512<float>.One + x * opposite);
    }
}

/// <summary>
/// y = x·tanh(softplus x) (Misra 2019). With w = eˣ and n = w(w + 2), t = tanh(ln(1 + w)) = n/(n + 2) and 1 - t² = 4(1 + w)²/(n + 2)²:
/// y′ = t + x·σ(x)(1 - t²) = n/(n + 2) + 4x·w(1 + w)/(n + 2)². Above 20 that is 1 in float32, and w² must not overflow; below -128
/// it is 0.
/// </summary>
public readonly struct Mish : IUnaryOp
{
    private const float Zero = -128;
    private const float Saturated = 20;

    /// <inheritdoc/>
    public float F(float x)
    {
        var w = MathF.Exp(MathF.Min(x, Saturated));
        var n = w * (w + 2);
        return MathF.Max(Zero, x) * (n / (n + 2));
    }

    /// <inheritdoc/>
    public float Derivative(float x, float y)
    {
        x = Math.Clamp(x, Zero, Saturated);
        var w = MathF.Exp(x);
        var n = w * (w + 2);
        var q = 1 / (n + 2);
        return n * q + 4 * x * w * q * ((1 + w) * q);
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> F(Vector512<float> x)
    {
        var two = Vector512.Create(2f);
        var w = default(Exp).F(Vector512.MinNative(Vector512.Create(Saturated), x));
        var n = w * (w + two);
        return Vector512.MaxNative(Vector512.Create(Zero), x) * (n / (n + two));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y)
    {
        var (one, two) = (Vector512<float>.One, Vector512.Create(2f));
        x = Vector512.MinNative(Vector512.Create(Saturated), Vector512.MaxNative(Vector512.Create(Zero), x));
        var w = default(Exp).F(x);
        var n = w * (w + two);
        var q = one / (n + two);
        return n * q + x * 4 * w * q * ((one + w) * q);
    }
}
