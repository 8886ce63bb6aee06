using System.Diagnostics;
using DeepNotes.Cli.Benchmarks;

namespace DeepNotes.Cli.Tests.Benchmarks;

public sealed class TimingTests
{
    [Theory]
    [InlineData(0.001, 0.25)]
    [InlineData(0.25, 0.001)]
    public void Warm_up_and_measurement_take_at_least_the_requested_time(double seconds, double warmUp)
    {
        var start = Stopwatch.GetTimestamp();
        Timing.Median(() => { }, seconds, warmUp);
        Assert.True(Stopwatch.GetElapsedTime(start).TotalSeconds >= seconds + warmUp);
    }
}
