using System.Diagnostics;

namespace DeepNotes.Cli.Benchmarks;

/// <summary>How long something takes, once it is warm.</summary>
internal static class Timing
{
    private const int LeastRuns = 3;
    private const int LeastSamples = 5;

    // The clock and the loop around it must not be part of a product that takes microseconds.
    private const double SampleMilliseconds = 1;

    // The warm-up is looked at in this many parts, and goes on while a part is faster by more than noise, up to so many times.
    private const int WarmUpParts = 8;
    private const double StillFaster = 0.98;
    private const int LongestWarmUp = 4;

    /// <summary>The median in milliseconds, after a warm-up.</summary>
    /// <param name="run">What is timed.</param>
    /// <param name="seconds">That are measured.</param>
    /// <param name="warmUp">
    /// Seconds before, at least: the compiler improves what has run for a second or two. As long as the best run still
    /// gets better it goes on, up to four times as long.
    /// </param>
    public static double Median(Action run, double seconds, double warmUp)
    {
        var warm = WarmUp(run, warmUp);
        var runs = (int)Math.Max(1, Math.Ceiling(SampleMilliseconds / Math.Max(warm, 1e-3)));
        var samples = new List<double>();
        var start = Stopwatch.GetTimestamp();
        while (samples.Count < LeastSamples || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
        {
            samples.Add(Milliseconds(run, runs) / runs);
        }

        samples.Sort();
        return (samples[(samples.Count - 1) / 2] + samples[samples.Count / 2]) / 2;
    }

    private static double WarmUp(Action run, double seconds)
    {
        var start = Stopwatch.GetTimestamp();
        var (best, isFaster, elapsed) = (double.PositiveInfinity, true, 0.0);
        while (elapsed < seconds || (isFaster && elapsed < LongestWarmUp * seconds))
        {
            var least = Least(run, seconds / WarmUpParts);
            isFaster = least < StillFaster * best;
            best = Math.Min(best, least);
            elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return best;
    }

    private static double Least(Action run, double seconds)
    {
        var start = Stopwatch.GetTimestamp();
        var least = double.PositiveInfinity;
        for (var i = 0; i < LeastRuns || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; i++)
        {
            least = Math.Min(least, Milliseconds(run, 1));
        }

        return least;
    }

    /// <summary>Milliseconds that so many executions take together.</summary>
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
