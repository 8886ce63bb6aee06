using System.Diagnostics;

namespace DeepNotes.Notebooks.Tests.Support;

/// <summary>
/// Waits for a condition. The limit is generous, for slow machines; it only ensures that a failed test ends.
/// </summary>
public static class Eventually
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    /// <summary>Returns as soon as the condition holds.</summary>
    public static Task True(Func<bool> condition, Func<string> describe) => True(() => Task.FromResult(condition()), describe);

    /// <summary>Returns as soon as the condition holds.</summary>
    public static async Task True(Func<Task<bool>> condition, Func<string> describe)
    {
        for (var start = Stopwatch.GetTimestamp(); !await condition(); await Task.Delay(Interval))
        {
            if (Stopwatch.GetElapsedTime(start) > Limit)
            {
                Assert.Fail(describe());
            }
        }
    }
}
