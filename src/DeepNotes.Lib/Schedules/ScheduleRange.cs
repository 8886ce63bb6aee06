namespace DeepNotes;

/// <summary>The ranges of a schedule's numbers.</summary>
internal static class ScheduleRange
{
    /// <summary>1 step or more.</summary>
    public static void Steps(int steps, string schedule, string name) => Check(steps >= 1, steps, schedule, name, "1 or more");

    /// <summary>0 to 1.</summary>
    public static void Share(double share, string schedule, string name) => Check(share is >= 0 and <= 1, share, schedule, name, "0 to 1");

    /// <summary>0 or more and less than 1.</summary>
    public static void BelowOne(double share, string schedule, string name) => Check(share is >= 0 and < 1, share, schedule, name, "0 or more and less than 1");

    /// <summary>Finite and not negative.</summary>
    public static void NotNegative(double value, string schedule, string name) =>
        Check(double.IsFinite(value) && value >= 0, value, schedule, name, "a finite number of 0 or more");

    private static void Check<T>(bool isRight, T value, string schedule, string name, string expected)
    {
        if (!isRight)
        {
            throw new ArgumentOutOfRangeException(name, $"{schedule}: {name} {value}: expected {expected}.");
        }
    }
}
