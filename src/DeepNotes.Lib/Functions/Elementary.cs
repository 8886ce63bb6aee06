using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DeepNotes.Functions;

/// <summary>y = eˣ, y′ = y. Overflows to ∞ above 88.72, and ends in zeros below -103.97.</summary>
public readonly struct Exp : IUnaryOp
{
    private const float Log2E = 1.44269504f;

    // ln 2 in two parts: n times the first has no rounding error.
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    // Added to a float below 2²², it leaves the nearest integer in the last bits; its own last nine are zero, also when halved.
    private const float Rounding = 1.5f * (1 << 23);

    /// <inheritdoc/>
    public float F(float x) => MathF.Exp(x);

    /// <inheritdoc/>
    public float Derivative(float x, float y) => y;

    /// <inheritdoc/>
    public Tensor Derivative(Tensor x, Tensor y) => y;

    /// <inheritdoc/>
    public static DerivativeUses DerivativeUses => DerivativeUses.Value;

    /// <summary>
    /// eˣ = 2ⁿ·eʳ with n = round(x/ln 2) and |r| ≤ ln 2/2, where eʳ is a polynomial of degree 6 (a minimax fit with a
    /// relative error of 4e-9), within 2 units of the last place. 2ⁿ is two factors, so that the largest and the subnormal results
    /// come out; NaN stays.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> F(Vector512<float> x)
    {
        // The native minimum and maximum give their second operand where it is NaN.
        x = Vector512.MinNative(Vector512.Create(90f), Vector512.MaxNative(Vector512.Create(-110f), x));
        return Scaled(Rest(x, out var n), n);
    }

    /// <summary>eˣ for x ≤ 0; above it may be anything.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> OfNegative(Vector512<float> x) =>
        Scaled(Rest(Vector512.MaxNative(Vector512.Create(-110f), x), out var n), n);

    /// <summary>e^(high + low), where low is small and holds the digits of the sum that high has no room for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> OfSum(Vector512<float> high, Vector512<float> low)
    {
        high = Vector512.MinNative(Vector512.Create(90f), Vector512.MaxNative(Vector512.Create(-110f), high));
        return Scaled(Rest(high, out var n) + low, n);
    }

    /// <summary>eˣ - 1 = 2t/(1 - t) with t = tanh(x/2), which does not cancel for x ≤ 0.</summary>
    internal static float MinusOne(float x)
    {
        var t = Math.Tanh(0.5 * x);
        return (float)(2 * t / (1 - t));
    }

    /// <summary>eˣ - 1 = 2ⁿ·(eʳ - 1) + 2ⁿ - 1 for |x| ≤ 87, which cancels nowhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> MinusOne(Vector512<float> x)
    {
        var r = Rest(x, out var n);
        var power = PowerOfTwo((n + Vector512.Create(Rounding)).AsInt32());
        return Vector512.MultiplyAddEstimate(power, r * Quotient(r), power - Vector512<float>.One);
    }

    // r = x - n·ln 2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Rest(Vector512<float> x, out Vector512<float> n)
    {
        n = Vector512.MultiplyAddEstimate(x, Vector512.Create(Log2E), Vector512.Create(Rounding)) - Vector512.Create(Rounding);
        var r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-Ln2High), x);
        return Vector512.MultiplyAddEstimate(n, Vector512.Create(-Ln2Low), r);
    }

    // (eʳ - 1)/r.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Quotient(Vector512<float> r)
    {
        var p = Vector512.Create(1.38146104e-3f);
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(8.36871099e-3f));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(4.1668389e-2f));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(1.66665211e-1f));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(4.9999994e-1f));
        return Vector512.MultiplyAddEstimate(p, r, Vector512<float>.One);
    }

    // 2ⁿ·eʳ, by the one instruction for it where there is one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Scaled(Vector512<float> r, Vector512<float> n)
    {
        var power = Vector512.MultiplyAddEstimate(Quotient(r), r, Vector512<float>.One);
        if (Avx512F.IsSupported)
        {
            return Avx512F.Scale(power, n);
        }

        var whole = (n + Vector512.Create(Rounding)).AsInt32();
        var half = whole >> 1;
        return power * PowerOfTwo(half) * PowerOfTwo(whole - half);
    }

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) => y;

    // 2ⁿ by its bits, of which only the last nine of n count.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> PowerOfTwo(Vector512<int> n) => ((n + Vector512.Create(127)) << 23).AsSingle();
}

/// <summary>y = ln x, y′ = 1/x; -∞ at 0, NaN below.</summary>
public readonly struct Log : IUnaryOp
{
    /// <inheritdoc/>
    public float F(float x) => MathF.Log(x);

    /// <inheritdoc/>
    public float Derivative(float x, float y) => 1 / x;

    /// <inheritdoc/>
    public Tensor Derivative(Tensor x, Tensor y) => 1 / x;

    /// <inheritdoc/>
    public static DerivativeUses DerivativeUses => DerivativeUses.Input;

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> x) => Vector512.Log(x);

    /// <summary>ln(1 + u) = 2·artanh(u/(u + 2)) for 0 ≤ u ≤ 1: 1 + u would lose the digits of a small u.</summary>
    internal static float OnePlus(float u) => (float)(2 * Math.Atanh(u / (u + 2.0)));

    /// <summary>The same for sixteen values, with artanh(s)/s as a polynomial in s², within 2 units of the last place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> OnePlus(Vector512<float> u)
    {
        var twice = (u + u) / (u + Vector512.Create(2f));
        var z = twice * twice * 0.25f;
        var p = Vector512.Create(0.14089167f);
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.13980302f));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.20012455f));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.33333158f));
        return Vector512.MultiplyAddEstimate(p * z, twice, twice);
    }

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) => Vector512<float>.One / x;
}

/// <summary>y = √x, y′ = 1/(2y); the derivative is ∞ at 0.</summary>
public readonly struct Sqrt : IUnaryOp
{
    /// <inheritdoc/>
    public float F(float x) => MathF.Sqrt(x);

    /// <inheritdoc/>
    public float Derivative(float x, float y) => 0.5f / y;

    /// <inheritdoc/>
    public Tensor Derivative(Tensor x, Tensor y) => 0.5f / y;

    /// <inheritdoc/>
    public static DerivativeUses DerivativeUses => DerivativeUses.Value;

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> x) => Vector512.Sqrt(x);

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) => Vector512.Create(0.5f) / y;
}

/// <summary>y = x², y′ = 2x.</summary>
public readonly struct Square : IUnaryOp
{
    /// <inheritdoc/>
    public float F(float x) => x * x;

    /// <inheritdoc/>
    public float Derivative(float x, float y) => 2 * x;

    /// <inheritdoc/>
    public Tensor Derivative(Tensor x, Tensor y) => 2 * x;

    /// <inheritdoc/>
    public static DerivativeUses DerivativeUses => DerivativeUses.Input;

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> x) => x * x;

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) => x + x;
}
