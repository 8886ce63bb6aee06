namespace DeepNotes;

/// <summary>The exponential moving average of a curve, with bias correction as in Adam.</summary>
internal static class Smoothing
{
    /// <summary>mₜ/(1-βᵗ) with mₜ = β·mₜ₋₁ + (1-β)·xₜ, m₀ = 0.</summary>
    public static double[] Of(IEnumerable<double> values, double beta)
    {
        var (mean, weight) = (0.0, 1.0);
        return [.. values.Select(value =>
        {
            (mean, weight) = (beta * mean + (1 - beta) * value, beta * weight);
            return mean / (1 - weight);
        })];
    }

    /// <summary>β for a curve of n points, so that the average covers about 1/(1-β) = n/20 of them, between 1 and 50.</summary>
    public static double Strength(int points) => 1 - (1 / Math.Clamp(points / 20.0, 1, 50));
}
