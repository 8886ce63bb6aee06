using System.Diagnostics;

namespace DeepNotes;

/// <summary>Limits the rate of redraws.</summary>
internal sealed class FrameClock(TimeSpan interval)
{
    private long _last = Stopwatch.GetTimestamp();

    public bool IsDue()
    {
        if (Stopwatch.GetElapsedTime(_last) < interval)
        {
            return false;
        }

        _last = Stopwatch.GetTimestamp();
        return true;
    }
}
