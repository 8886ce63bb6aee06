using System.Diagnostics;

namespace DeepNotes;

/// <summary>Says when it is time to draw again.</summary>
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
