using System.Globalization;

namespace DeepNotes;

/// <summary>A date axis with ticks at whole years, months, days, hours, minutes or seconds.</summary>
internal sealed class DateAxis : Axis
{
    private const double Second = 1000;
    private const double Minute = 60 * Second;
    private const double Hour = 60 * Minute;
    private const double Padding = 0.025;

    private static readonly double[] Steps =
    [
        1, 10, 100, Second, 5 * Second, 15 * Second, 30 * Second, Minute, 5 * Minute, 15 * Minute, 30 * Minute,
        Hour, 3 * Hour, 6 * Hour, 12 * Hour, DateNumber.Day, 2 * DateNumber.Day, 7 * DateNumber.Day, 14 * DateNumber.Day,
    ];

    private static readonly int[] MonthSteps = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000];

    private readonly double _min;
    private readonly double _max;

    private DateAxis(double min, double max, AxisSettings settings)
        : base(settings) => (_min, _max) = (min, max);

    public static DateAxis Covering(Extent extent, AxisSettings settings)
    {
        extent = extent.IsEmpty ? new(0, DateNumber.Day, true) : extent;
        var padding = extent.IsTight ? 0 : extent.IsPoint ? DateNumber.Day / 2 : (extent.Max - extent.Min) * Padding;
        var (min, max) = settings.Range ?? (extent.Min - padding, extent.Max + padding);
        return new(min, max, settings);
    }

    public override (double Min, double Max)? Ends => (_min, _max);

    public override double Fraction(double value) => (value - _min) / (_max - _min);

    public override IReadOnlyList<Tick> Ticks(int maxCount)
    {
        var least = (_max - _min) / Math.Max(2, maxCount);
        return Steps.FirstOrDefault(step => step >= least) is var step and > 0 ? Even(step) : Months(least);
    }

    private List<Tick> Even(double step)
    {
        // Weeks begin on Mondays; 1970 began on a Thursday.
        var origin = step % (7 * DateNumber.Day) == 0 ? 4 * DateNumber.Day : 0;
        var ticks = new List<Tick>();
        for (var i = Math.Ceiling((_min - origin) / step - 1e-9); i * step + origin <= Math.Min(_max + step * 1e-9, DateNumber.Last); i++)
        {
            var value = i * step + origin;
            ticks.Add(new(value, DateNumber.ToDate(value).ToString(Format(step), CultureInfo.InvariantCulture)));
        }
        return ticks;
    }

    private List<Tick> Months(double least)
    {
        var step = MonthSteps.FirstOrDefault(months => months * 30.4 * DateNumber.Day >= least, MonthSteps[^1]);
        var first = DateNumber.ToDate(_min);
        var ticks = new List<Tick>();
        for (var month = (first.Year - 1) * 12 + first.Month - 1; month <= 9998 * 12 + 11; month++)
        {
            var date = new DateTime(month / 12 + 1, month % 12 + 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
            var value = DateNumber.Of(date);
            if (value > _max)
            {
                break;
            }
            // Counts years from 0, so that a step of ten includes 2020.
            if ((month + 12) % step == 0 && value >= _min)
            {
                ticks.Add(new(value, date.ToString(step % 12 == 0 ? "yyyy" : "MMM yyyy", CultureInfo.InvariantCulture)));
            }
        }
        return ticks;
    }

    /// <summary>The format that distinguishes the ticks, with the day if they span several.</summary>
    private string Format(double step)
    {
        var isOneDay = DateNumber.ToDate(_min).Date == DateNumber.ToDate(_max).Date;
        return step switch
        {
            >= DateNumber.Day => "yyyy-MM-dd",
            >= Minute => isOneDay ? "HH:mm" : "MM-dd HH:mm",
            >= Second => "HH:mm:ss",
            _ => "HH:mm:ss.fff",
        };
    }
}
