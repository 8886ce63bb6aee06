namespace DeepNotes.Tests.Support;

/// <summary>Functions in double precision, in forms without the cancellation of the textbook formulas.</summary>
public static class StableFormulas
{
    public static double Logistic(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    public static double ExpMinusOne(double x) => Math.Abs(x) < 1e-4 ? x * (1 + x / 2 * (1 + x / 3)) : Math.Exp(x) - 1;

    // Kahan's method: the rounding error of 1 + u appears in both factors and cancels.
    public static double LogOnePlus(double u) => 1 + u is var sum && sum == 1 ? u : Math.Log(sum) * u / (sum - 1);

    public static double Softplus(double x) => Math.Max(0, x) + LogOnePlus(Math.Exp(-Math.Abs(x)));
}
