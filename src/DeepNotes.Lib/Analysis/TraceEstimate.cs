namespace DeepNotes;

/// <summary>A trace estimated from samples.</summary>
/// <param name="Value">Their mean.</param>
/// <param name="StandardError">s/√n: two of three such means are nearer to the true trace than this.</param>
/// <param name="Samples">n.</param>
public sealed record TraceEstimate(double Value, double StandardError, int Samples)
{
    internal static TraceEstimate Of(double[] samples)
    {
        var mean = samples.Average();
        var variance = samples.Sum(sample => (sample - mean) * (sample - mean)) / (samples.Length - 1);
        return new TraceEstimate(mean, Math.Sqrt(variance / samples.Length), samples.Length);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Value:G5} ± {StandardError:G2} from {Samples} samples";
}
