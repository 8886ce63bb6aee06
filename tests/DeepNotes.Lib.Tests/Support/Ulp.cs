namespace DeepNotes.Tests.Support;

/// <summary>Errors in units of the last place of float32 (ulp): what an absolute tolerance below 1 cannot see.</summary>
public static class Ulp
{
    /// <summary>Below the smallest normal number digits are lost: so many of the smallest subnormal do not count.</summary>
    public const double Underflow = 128 * float.Epsilon;

    /// <summary>
    /// |actual - exact| in units of the last place of <paramref name="exact"/>, or of <paramref name="scale"/> where that is
    /// larger: the size of the terms whose difference is 0 at a root.
    /// </summary>
    public static double Error(double exact, float actual, double scale = 0)
    {
        if (double.IsNaN(exact) || float.IsNaN(actual))
        {
            return double.IsNaN(exact) && float.IsNaN(actual) ? 0 : double.PositiveInfinity;
        }

        // What rounds to an infinity is one.
        if ((float)exact == actual)
        {
            return 0;
        }

        var error = Math.Abs(actual - exact);
        return error <= Underflow ? 0 : error / Of(Math.Max(Math.Abs(exact), scale));
    }

    /// <summary>The distance from |x| to the next float32.</summary>
    public static double Of(double x) => Math.Max(float.Epsilon, Math.ScaleB(1, (int)Math.Floor(Math.Log2(Math.Abs(x))) - 23));
}
