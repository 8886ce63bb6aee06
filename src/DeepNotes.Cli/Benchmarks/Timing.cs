using System.Diagnostics;

namespace DeepNotes.Cli.Benchmarks;

/// <summary>How long something takes, once it is warm.</summary>
internal static class Timing
{
    private const int LeastRuns = 3;
    private const int LeastSamples = 5;

    // The clock and the loop around it must not be part of a product that takes microseconds.
    private const double SampleMilliseconds = 1;

    /// <summary>The median in milliseconds; half of the seconds warm up what the compiler improves as it runs, all of them measure.</summary>
    public static double Median(Action run, double seconds)
    {
        var warm = Milliseconds(run, 1);
        var start = Stopwatch.GetTimestamp();
        for (var i = 1; i < LeastRuns || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds / 2; i++)
        {
            warm = Milliseconds(run, 1);
        }

        var runs = (int)Math.Max(1, Math.Ceiling(SampleMilliseconds / Math.Max(warm, 1e-3)));
        var samples = new List<double>();
        start = Stopwatch.GetTimestamp();
        while (samples.Count < LeastSamples || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
        {
            samples.Add(Milliseconds(run, runs) / runs);
        }

        samples.Sort();
        return (samples[(samples.Count - 1) / 2] + samples[samples.Count / 2]) / 2;
    }

    private static double Milliseconds(Action run, int times)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++)
        {
            run();
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
