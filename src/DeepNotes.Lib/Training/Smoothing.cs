namespace DeepNotes;

/// <summary>The exponential moving mean of a curve, with the bias of its zero start taken out as in Adam.</summary>
internal static class Smoothing
{
    /// <summary>mₜ ← β·mₜ₋₁ + (1-β)·xₜ, shown as mₜ/(1-βᵗ).</summary>
    public static double[] Of(IEnumerable<double> values, double beta)
    {
        var (mean, weight) = (0.0, 1.0);
        return [.. values.Select(value =>
        {
            (mean, weight) = (beta * mean + (1 - beta) * value, beta * weight);
            return mean / (1 - weight);
        })];
    }

    /// <summary>β for a curve of this many points: a mean over about a twentieth of them, fifty at most.</summary>
    public static double Strength(int points) => 1 - (1 / Math.Clamp(points / 20.0, 1, 50));
}
