using System.Diagnostics;
using MathNet.Numerics.Statistics;

namespace DeepNotes.Cli.Benchmarks;

/// <summary>
/// The timing of one workload in this version and in another, in one process. Executions alternate, so that both meet the
/// same load and clock rate, and the ratio is the median over pairs.
/// </summary>
/// <param name="Name">The workload.</param>
/// <param name="Milliseconds">The median of one execution in this version.</param>
/// <param name="Ratio">Time in this version divided by time in the other; below 1, this version is faster.</param>
/// <param name="Control">Time of a second copy of this version divided by that of the first: its distance from 1 is the error of <paramref name="Ratio"/>.</param>
/// <param name="Pairs">The number of pairs.</param>
internal sealed record VersionRow(string Name, double Milliseconds, double Ratio, double Control, int Pairs)
{
    private const int MinPairs = 20;

    // Long enough that the overhead of clock and loop is negligible.
    private const double SampleMilliseconds = 2;

    public static VersionRow Measure(string name, VersionUnderTest[] versions, double seconds, double warmUp)
    {
        Action[] runs = [.. versions.Select(version => version.Prepare(name))];
        var slowest = runs.Max(run => Timing.WarmUp(run, warmUp));
        var times = (int)Math.Max(1, Math.Ceiling(SampleMilliseconds / slowest));
        var samples = runs.Select(_ => new List<double>()).ToArray();
        int[] order = [.. Enumerable.Range(0, runs.Length)];
        var random = new Random(1);
        var start = Stopwatch.GetTimestamp();
        while (samples[0].Count < MinPairs || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds * runs.Length)
        {
            random.Shuffle(order);
            foreach (var i in order)
            {
                samples[i].Add(Timing.Milliseconds(runs[i], times) / times);
            }
        }

        double Ratio(int i, int j) => samples[i].Zip(samples[j], (a, b) => a / b).Median();
        return new VersionRow(name, samples[0].Median(), Ratio(0, 2), Ratio(1, 0), samples[0].Count);
    }
}
