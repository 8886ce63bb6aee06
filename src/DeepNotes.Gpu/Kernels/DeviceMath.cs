using System.Reflection;
using DeepNotes.Functions;
using ILGPU;
using ILGPU.Frontend;
using ILGPU.Frontend.Intrinsic;

namespace DeepNotes.Backends.Gpu;

/// <summary>
/// The functions that kernels compute with, in float32 arithmetic alone, so that every device gives the same digits: CUDA's own
/// tanh, exponential and logarithm are approximations of 11 to 22 bits, and the maximum of C loses NaN. The translator puts them in
/// the place of .NET's; an op struct of the library needs no second version.
/// </summary>
internal static class DeviceMath
{
    private const float Log2E = 1.44269504f;

    // ln 2 in two parts: n times the first has no rounding error.
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    // Added to a float below 2²², it leaves the nearest integer in the last bits.
    private const float Rounding = 1.5f * (1 << 23);
    private const float InverseSqrtTwoPi = 0.39894228f;

    /// <summary>Registers the functions with ILGPU's translator, once for all contexts of the process.</summary>
    public static void Register()
    {
        Replace(typeof(MathF), nameof(MathF.Exp), nameof(Exp), 1);
        Replace(typeof(MathF), nameof(MathF.Log), nameof(Log), 1);
        Replace(typeof(MathF), nameof(MathF.Tanh), nameof(Tanh), 1);
        Replace(typeof(MathF), nameof(MathF.Pow), nameof(Pow), 2);
        Replace(typeof(MathF), nameof(MathF.Max), nameof(Max), 2);
        Replace(typeof(MathF), nameof(MathF.Min), nameof(Min), 2);
        Replace(typeof(Math), nameof(Math.Clamp), nameof(Clamp), 3);
        Replace(typeof(Functions.Exp), nameof(Functions.Exp.MinusOne), nameof(ExpMinusOne), 1);
        Replace(typeof(Functions.Log), nameof(Functions.Log.OnePlus), nameof(LogOnePlus), 1);
        Replace(typeof(Functions.GELU), nameof(Functions.GELU.Phi), nameof(Phi), 1);
        Replace(typeof(Functions.GELU), nameof(Functions.GELU.Slope), nameof(GeluSlope), 1);
        Replace(typeof(NormalDensity), nameof(NormalDensity.Of), nameof(Density), 1);
    }

    /// <summary>The larger one; NaN where either is.</summary>
    public static float Max(float a, float b) => a > b || float.IsNaN(a) ? a : b;

    /// <summary>The smaller one; NaN where either is.</summary>
    public static float Min(float a, float b) => a < b || float.IsNaN(a) ? a : b;

    /// <summary>x between low and high; NaN stays.</summary>
    public static float Clamp(float x, float low, float high) => x < low ? low : x > high ? high : x;

    /// <summary>eˣ = 2ⁿ·eʳ with n = round(x/ln 2), within 2 units of the last place.</summary>
    public static float Exp(float x)
    {
        x = Clamp(x, -110, 90);
        var n = (x * Log2E + Rounding) - Rounding;
        return Scaled(Rest(x, n), n);
    }

    /// <summary>eˣ - 1 = 2ⁿ·(eʳ - 1) + 2ⁿ - 1 for x ≤ 87, without cancellation.</summary>
    public static float ExpMinusOne(float x)
    {
        x = Clamp(x, -87, 87);
        var n = (x * Log2E + Rounding) - Rounding;
        var r = Rest(x, n);
        var power = PowerOfTwo((int)n);
        return power * (r * Quotient(r)) + (power - 1f);
    }

    /// <summary>ln x = e·ln 2 + ln m with √½ ≤ m &lt; √2 (the polynomial of Moshier's Cephes library).</summary>
    public static float Log(float x)
    {
        if (!(x > 0f))
        {
            return x == 0f ? float.NegativeInfinity : float.NaN;
        }

        if (x > float.MaxValue)
        {
            return x;
        }

        var isSubnormal = x < 1.17549435e-38f;
        var bits = (int)Interop.FloatAsInt(isSubnormal ? x * 8388608f : x);
        var e = (float)((bits >> 23) - (isSubnormal ? 149 : 126));
        var m = Interop.IntAsFloat((uint)((bits & 0x7FFFFF) | 0x3F000000));
        var isLow = m < 0.707106781f;
        e = isLow ? e - 1f : e;
        m = isLow ? m + m - 1f : m - 1f;
        var z = m * m;
        var p = 7.0376836292e-2f;
        p = p * m - 1.1514610310e-1f;
        p = p * m + 1.1676998740e-1f;
        p = p * m - 1.2420140846e-1f;
        p = p * m + 1.4249322787e-1f;
        p = p * m - 1.6668057665e-1f;
        p = p * m + 2.0000714765e-1f;
        p = p * m - 2.4999993993e-1f;
        p = p * m + 3.3333331174e-1f;
        return m + (m * z * p + e * Ln2Low - 0.5f * z) + e * Ln2High;
    }

    /// <summary>ln(1 + u) for 0 ≤ u ≤ 1, as 2·artanh(u/(u + 2)).</summary>
    public static float LogOnePlus(float u)
    {
        var twice = (u + u) / (u + 2f);
        var z = twice * twice * 0.25f;
        var p = 0.14089167f;
        p = p * z + 0.13980302f;
        p = p * z + 0.20012455f;
        p = p * z + 0.33333158f;
        return p * z * twice + twice;
    }

    /// <summary>tanh |x| = t/(t + 2) with t = e^(2|x|) - 1, without cancellation; beyond 44 it is 1.</summary>
    public static float Tanh(float x)
    {
        var magnitude = x < 0f ? -x : x;
        var t = ExpMinusOne(magnitude > 43f ? 86f : magnitude + magnitude);
        var y = t / (t + 2f);
        return x < 0f ? -y : x == 0f ? x : y;
    }

    /// <summary>xᵖ = e^(p·ln x), in double between the two floats: in float it would lose as many digits as p·ln x is large.</summary>
    public static float Pow(float x, float p)
    {
        if (p == 0f || x == 1f)
        {
            return 1f;
        }

        if (float.IsNaN(x) || float.IsNaN(p))
        {
            return float.NaN;
        }

        var magnitude = MathF.Abs(x);
        var power = magnitude == 0f || magnitude > float.MaxValue || MathF.Abs(p) > float.MaxValue
            ? PowerAtTheEnds(magnitude, p)
            : (float)ExpOf(p * LogOf(magnitude));
        var isWhole = MathF.Floor(p) == p;
        var isOdd = isWhole && MathF.Abs(p) < 16777216f && ((int)MathF.Abs(p) & 1) == 1;
        var isNegative = x < 0f || (x == 0f && 1f / x < 0f);
        return !isNegative ? power : isOdd ? -power : isWhole || x == 0f || magnitude > float.MaxValue || MathF.Abs(p) > float.MaxValue ? power : float.NaN;
    }

    /// <summary>Φ(x), the normal distribution function, as <see cref="GELU"/> has it: e^(-a²/2)·q(a) left of 0.</summary>
    public static float Phi(float x)
    {
        var a = Min(15f, MathF.Abs(x));
        var tail = Power(a) * TailQuotient(a);
        return x < 0f ? tail : 1f - tail;
    }

    /// <summary>Φ(x) + x·φ(x), which is e^(-a²/2)·(q(a) - a/√(2π)) left of 0, and 1 minus that to the right.</summary>
    public static float GeluSlope(float x)
    {
        var a = Min(15f, MathF.Abs(x));
        var left = Power(a) * (TailQuotient(a) - a * InverseSqrtTwoPi);
        return x < 0f ? left : 1f - left;
    }

    /// <summary>φ(x) = e^(-x²/2)/√(2π).</summary>
    public static float Density(float x) => InverseSqrtTwoPi * Power(Min(15f, MathF.Abs(x)));

    private static float PowerAtTheEnds(float magnitude, float p)
    {
        if (MathF.Abs(p) > float.MaxValue)
        {
            return magnitude == 1f ? 1f : magnitude > 1f == p > 0f ? float.PositiveInfinity : 0f;
        }

        return magnitude == 0f == p > 0f ? 0f : float.PositiveInfinity;
    }

    // ln m for a float m > 0: e·ln 2 + 2·artanh((f - 1)/(f + 1)) with √½ ≤ f < √2.
    private static double LogOf(float m)
    {
        var isSubnormal = m < 1.17549435e-38f;
        var bits = (int)Interop.FloatAsInt(isSubnormal ? m * 8388608f : m);
        var e = (bits >> 23) - (isSubnormal ? 149 : 126);
        double f = Interop.IntAsFloat((uint)((bits & 0x7FFFFF) | 0x3F000000));
        if (f < 0.70710678)
        {
            f += f;
            e--;
        }

        var s = (f - 1) / (f + 1);
        var z = s * s;
        var p = 1.0 / 15;
        p = p * z + 1.0 / 13;
        p = p * z + 1.0 / 11;
        p = p * z + 1.0 / 9;
        p = p * z + 1.0 / 7;
        p = p * z + 1.0 / 5;
        p = p * z + 1.0 / 3;
        return e * 0.69314718055994531 + 2 * (s + s * z * p);
    }

    private static double ExpOf(double x)
    {
        x = x < -110 ? -110 : x > 90 ? 90 : x;
        var n = (int)(x * 1.4426950408889634 + (x < 0 ? -0.5 : 0.5));
        var r = x - n * 0.69314718055994531;
        var p = 1.0 / 40320;
        p = p * r + 1.0 / 5040;
        p = p * r + 1.0 / 720;
        p = p * r + 1.0 / 120;
        p = p * r + 1.0 / 24;
        p = p * r + 1.0 / 6;
        p = p * r + 0.5;
        p = p * r + 1;
        p = p * r + 1;
        var half = n >> 1;
        return p * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    private static float Rest(float x, float n) => (x - n * Ln2High) - n * Ln2Low;

    // (eʳ - 1)/r.
    private static float Quotient(float r)
    {
        var p = 1.38146104e-3f;
        p = p * r + 8.36871099e-3f;
        p = p * r + 4.1668389e-2f;
        p = p * r + 1.66665211e-1f;
        p = p * r + 4.9999994e-1f;
        return p * r + 1f;
    }

    private static float Scaled(float r, float n)
    {
        var whole = (int)n;
        var half = whole >> 1;
        return (Quotient(r) * r + 1f) * PowerOfTwo(half) * PowerOfTwo(whole - half);
    }

    private static float PowerOfTwo(int n) => Interop.IntAsFloat((uint)((n + 127) << 23));

    // e^(-a²/2). With h the upper half of a's digits, h² is exact, and a² - h² = (a - h)(a + h).
    private static float Power(float a)
    {
        var h = Interop.IntAsFloat(Interop.FloatAsInt(a) & 0xFFFFF000u);
        return Exp(h * h * -0.5f) * Exp((a - h) * (a + h) * -0.5f);
    }

    // The polynomial of GELU: q(a) = e^(a²/2)·erfc(a/√2)/2.
    private static float TailQuotient(float a)
    {
        var r = 1f / (a + 4f);
        var s = 1f - r * 8f;
        var p = -1.3419637e-4f;
        p = p * s + 1.7465906e-4f;
        p = p * s + 1.5684081e-3f;
        p = p * s - 3.5102109e-3f;
        p = p * s - 7.5240042e-3f;
        p = p * s + 6.0403489e-2f;
        p = p * s - 1.8652366e-1f;
        p = p * s + 3.8713691e-1f;
        p = p * s - 6.0789657e-1f;
        p = p * s + 7.5528514e-1f;
        return p * r;
    }

    private static void Replace(Type type, string name, string by, int arguments)
    {
        Type[] types = [.. Enumerable.Repeat(typeof(float), arguments)];
        const BindingFlags Any = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        var original = type.GetMethod(name, Any, types) ?? throw new MissingMethodException(type.FullName, name);
        var ours = typeof(DeviceMath).GetMethod(by, Any, types) ?? throw new MissingMethodException(nameof(DeviceMath), by);
        RemappedIntrinsics.AddRemapping(original, (ref InvocationContext context) => context.Method = ours);
    }
}
