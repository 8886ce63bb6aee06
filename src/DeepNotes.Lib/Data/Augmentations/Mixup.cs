namespace DeepNotes;

/// <summary>
/// Blends each sample and its target with another of the batch: x = λ xᵢ + (1-λ) xⱼ, t = λ tᵢ + (1-λ) tⱼ with
/// λ = max(β, 1-β), β ~ Beta(α, α) (Zhang, Cissé, Dauphin, Lopez-Paz 2018, "mixup: Beyond empirical risk minimization").
/// The batch gets soft <see cref="Batch.Targets"/> [B, C].
/// </summary>
/// <param name="alpha">α, from 0.01 (hardly any blending) through 1 (λ uniform) to 100 (halves).</param>
/// <exception cref="ArgumentOutOfRangeException">α outside 0.01 … 100.</exception>
public sealed class Mixup(double alpha = 0.2) : Augmentation
{
    private readonly double _alpha = Checked(nameof(Mixup), nameof(alpha), alpha, 0.01, 100);

    internal override Batch Apply(Batch batch, Generator[] generators)
    {
        var all = Enumerable.Range(0, batch.Count).ToArray();
        var inputs = batch.Rows.Gather(all);
        var targets = batch.TargetRows ?? new SampleRows(batch.Targets);
        var mixed = targets.Gather(all);
        for (var i = 0; i < batch.Count; i++)
        {
            var other = generators[i].Next(batch.Count);
            var beta = Beta(generators[i]);
            var lambda = Math.Max(beta, 1 - beta);
            Blend(batch.Rows.Row(i), inputs.Row(other), lambda);
            Blend(mixed.Row(i), targets.Row(other), lambda);
        }

        return batch.With(batch.HasLabels ? batch.Labels : null, mixed);
    }

    private static void Blend(Span<float> values, ReadOnlySpan<float> others, double lambda)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)(lambda * values[i] + (1 - lambda) * others[i]);
    }

    /// <summary>Beta(α, α) as G₁ / (G₁ + G₂) of two gamma variables, in logarithms to prevent underflow at small α.</summary>
    private double Beta(Generator generator) => 1 / (1 + Math.Exp(LogGamma(generator) - LogGamma(generator)));

    /// <summary>
    /// The logarithm of a gamma variable of shape α (Marsaglia, Tsang 2000, "A simple method for generating gamma
    /// variables"), drawn with shape α + 1 and multiplied by U^(1/α).
    /// </summary>
    private double LogGamma(Generator generator)
    {
        var d = _alpha + 1 - 1.0 / 3;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double normal = generator.NextNormal();
            var v = Math.Pow(1 + c * normal, 3);
            var u = 1 - generator.NextDouble();
            if (v > 0 && Math.Log(u) < 0.5 * normal * normal + d - d * v + d * Math.Log(v))
            {
                return Math.Log(d * v) + Math.Log(1 - generator.NextDouble()) / _alpha;
            }
        }
    }
}
