using System.Numerics;
using System.Text.Json.Nodes;

namespace DeepNotes;

/// <summary>The coordinates of the points of a trace on one axis: numbers, dates, or categories.</summary>
internal sealed class Coordinates
{
    private readonly double[] _numbers;

    private Coordinates(double[] numbers, string[]? labels, bool areDates = false) => (_numbers, Labels, AreDates) = (numbers, labels, areDates);

    /// <summary>The labels of categories; null for numbers and dates.</summary>
    public IReadOnlyList<string>? Labels { get; }

    /// <summary>Whether the numbers represent dates.</summary>
    public bool AreDates { get; }

    public int Count => Labels?.Count ?? _numbers.Length;

    /// <summary>The numbers; for labels, the positions 0, 1, 2, ….</summary>
    public ReadOnlySpan<double> Numbers => _numbers;

    /// <summary>Converts numbers of any type, or dates; a null date leaves a gap.</summary>
    /// <exception cref="ArgumentException">The values are neither numbers nor dates.</exception>
    public static Coordinates Of<T>(IEnumerable<T> values, string operation)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values switch
        {
            IEnumerable<DateTime> dates => OfDates(dates.Select(DateNumber.Of)),
            IEnumerable<DateTimeOffset> dates => OfDates(dates.Select(DateNumber.Of)),
            IEnumerable<DateOnly> dates => OfDates(dates.Select(DateNumber.Of)),
            IEnumerable<DateTime?> dates => OfDates(dates.Select(date => date is { } day ? DateNumber.Of(day) : double.NaN)),
            IEnumerable<DateTimeOffset?> dates => OfDates(dates.Select(date => date is { } day ? DateNumber.Of(day) : double.NaN)),
            IEnumerable<DateOnly?> dates => OfDates(dates.Select(date => date is { } day ? DateNumber.Of(day) : double.NaN)),
            _ when Number<T>.ToDouble is { } convert => Of(values.Select(convert)),
            _ => throw new ArgumentException(
                $"{operation}: expected numbers or dates (DateTime, DateOnly, DateTimeOffset) for x, got {typeof(T).Name}. Names are for Chart.Bar.", nameof(values)),
        };
    }

    public static Coordinates Of<T>(IEnumerable<T> numbers)
        where T : INumber<T> => new(ToDoubles(numbers), null);

    /// <summary>The coordinates with the chosen indices, in their order.</summary>
    public Coordinates Where(Func<int, bool> isChosen) => new([.. _numbers.Where((_, i) => isChosen(i))], null, AreDates);

    public static Coordinates Of(IEnumerable<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var array = labels.Select(label => label ?? "").ToArray();
        return new(Indices(array.Length), array);
    }

    public static Coordinates Index(int count) => new(Indices(count), null);

    public static double[] ToDoubles<T>(IEnumerable<T> numbers)
        where T : INumber<T>
    {
        ArgumentNullException.ThrowIfNull(numbers);
        return [.. numbers.Select(double.CreateSaturating)];
    }

    /// <summary>The positions on an axis with the given labels, which may include those of other traces.</summary>
    public double[] Positions(IReadOnlyList<string>? axisLabels)
    {
        if (Labels is null || axisLabels is null)
        {
            return _numbers;
        }
        var positions = axisLabels.Select((label, i) => (label, i)).ToDictionary(pair => pair.label, pair => (double)pair.i);
        return [.. Labels.Select(label => positions[label])];
    }

    public Extent Extent(bool log) => DeepNotes.Extent.Of(_numbers, log);

    public JsonArray ToPlotly(bool log) => Labels is null
        ? ToPlotly(_numbers, log)
        : new JsonArray([.. Labels.Select(label => JsonValue.Create(PlotlyText.Escape(label)))]);

    /// <summary>Converts positions on this axis, to numbers or dates as these are.</summary>
    public JsonArray ToPlotly(double[] positions, bool log) => AreDates
        ? new JsonArray([.. positions.Select(position => double.IsFinite(position) ? JsonValue.Create(DateNumber.Text(position)) : null)])
        : PlotlyNumbers.Array(positions, log);

    /// <summary>Dates given as numbers, in milliseconds since 1970.</summary>
    public static Coordinates OfDates(IEnumerable<double> numbers) => new([.. numbers], null, areDates: true);

    private static double[] Indices(int count) => [.. Enumerable.Range(0, count).Select(i => (double)i)];

    /// <summary>The conversion of a numeric type to double; null for other types.</summary>
    private static class Number<T>
    {
        public static readonly Func<T, double>? ToDouble = typeof(T).GetInterfaces().Any(
            type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(INumber<>) && type.GenericTypeArguments[0] == typeof(T))
                ? new Func<int, double>(Saturated).Method.GetGenericMethodDefinition().MakeGenericMethod(typeof(T)).CreateDelegate<Func<T, double>>()
                : null;
    }

    private static double Saturated<TNumber>(TNumber value)
        where TNumber : INumber<TNumber> => double.CreateSaturating(value);
}
