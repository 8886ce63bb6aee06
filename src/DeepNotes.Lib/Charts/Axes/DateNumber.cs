using System.Globalization;

namespace DeepNotes;

/// <summary>
/// Dates as numbers on an axis: milliseconds since 1970, as in plotly.js. A <see cref="DateTime"/> is local wall-clock time; a
/// <see cref="DateTimeOffset"/> is converted to UTC, so that times of different zones keep their order.
/// </summary>
internal static class DateNumber
{
    public const double Day = 24 * 60 * 60 * 1000.0;

    /// <summary>The last second of <see cref="DateTime"/>.</summary>
    public static readonly double Last = Of(DateTime.MaxValue.AddSeconds(-1));

    private static readonly double First = Of(DateTime.MinValue);

    public static double Of(DateTime date) => (date.Ticks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerMillisecond;

    public static double Of(DateTimeOffset date) => Of(date.UtcDateTime);

    public static double Of(DateOnly date) => Of(date.ToDateTime(TimeOnly.MinValue));

    /// <summary>The date of a number, clamped to the range of <see cref="DateTime"/>.</summary>
    public static DateTime ToDate(double number)
    {
        var milliseconds = Math.Clamp(number, First, Last);
        return new(DateTime.UnixEpoch.Ticks + (long)Math.Round(milliseconds * TimeSpan.TicksPerMillisecond), DateTimeKind.Unspecified);
    }

    /// <summary>ISO 8601 as plotly.js reads it, as short as the date allows: <c>2024-03-01</c>, <c>2024-03-01 14:30:00</c>.</summary>
    public static string Text(double number)
    {
        var date = ToDate(number);
        return date.ToString(
            date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : date.Millisecond == 0 ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm:ss.fff",
            CultureInfo.InvariantCulture);
    }
}
