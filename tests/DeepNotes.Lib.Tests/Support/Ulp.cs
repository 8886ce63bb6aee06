namespace DeepNotes.Tests.Support;

/// <summary>Errors in units in the last place (ulp) of float32, which resolve values that an absolute tolerance would not.</summary>
public static class Ulp
{
    /// <summary>Absolute error tolerated for underflow, where subnormal numbers lose precision.</summary>
    public const double Underflow = 128 * float.Epsilon;

    /// <summary>
    /// |actual - exact| in ulp of <paramref name="exact"/>, or of <paramref name="scale"/> if that is
    /// larger: near a root, the magnitude of the terms that cancel.
    /// </summary>
    public static double Error(double exact, float actual, double scale = 0)
    {
        if (double.IsNaN(exact) || float.IsNaN(actual))
        {
            return double.IsNaN(exact) && float.IsNaN(actual) ? 0 : double.PositiveInfinity;
        }

        // An exact value beyond the range of float32 rounds to an infinity.
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
