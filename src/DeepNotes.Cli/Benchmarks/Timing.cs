using System.Diagnostics;

namespace DeepNotes.Cli.Benchmarks;

/// <summary>Measures execution times after a warm-up.</summary>
internal static class Timing
{
    private const int MinRuns = 3;
    private const int MinSamples = 5;

    // Long enough that the overhead of clock and loop is negligible for products of a few microseconds.
    private const double SampleMilliseconds = 1;

    // The warm-up is divided into parts and continues, up to a maximum, while a part is faster than the best by more than noise.
    private const int WarmUpParts = 8;
    private const double ImprovementThreshold = 0.98;
    private const int MaxWarmUpFactor = 4;

    /// <summary>The median time in milliseconds, after a warm-up.</summary>
    /// <param name="run">The action to time.</param>
    /// <param name="seconds">The duration of the measurement.</param>
    /// <param name="warmUp">
    /// The minimum duration of the warm-up in seconds: tiered compilation takes a second or two. While the best run still
    /// improves, the warm-up continues, up to four times as long.
    /// </param>
    public static double Median(Action run, double seconds, double warmUp)
    {
        var best = WarmUp(run, warmUp);
        var runs = (int)Math.Max(1, Math.Ceiling(SampleMilliseconds / Math.Max(best, 1e-3)));
        var samples = new List<double>();
        var start = Stopwatch.GetTimestamp();
        while (samples.Count < MinSamples || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
        {
            samples.Add(Milliseconds(run, runs) / runs);
        }

        samples.Sort();
        return (samples[(samples.Count - 1) / 2] + samples[samples.Count / 2]) / 2;
    }

    /// <summary>Executes until compiled, as in <see cref="Median"/>, and returns the shortest time in milliseconds.</summary>
    public static double WarmUp(Action run, double seconds)
    {
        var start = Stopwatch.GetTimestamp();
        var (best, isFaster, elapsed) = (double.PositiveInfinity, true, 0.0);
        while (elapsed < seconds || (isFaster && elapsed < MaxWarmUpFactor * seconds))
        {
            var least = Fastest(run, seconds / WarmUpParts);
            isFaster = least < ImprovementThreshold * best;
            best = Math.Min(best, least);
            elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return best;
    }

    private static double Fastest(Action run, double seconds)
    {
        var start = Stopwatch.GetTimestamp();
        var least = double.PositiveInfinity;
        for (var i = 0; i < MinRuns || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; i++)
        {
            least = Math.Min(least, Milliseconds(run, 1));
        }

        return least;
    }

    /// <summary>The total time of a number of executions, in milliseconds.</summary>
    public static double Milliseconds(Action run, int times)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++)
        {
            run();
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
