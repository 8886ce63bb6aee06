using System.Numerics;
using System.Text.Json.Nodes;

namespace DeepNotes;

/// <summary>Where the points of a trace lie on one axis: numbers, dates, or labels of categories.</summary>
internal sealed class Coordinates
{
    private readonly double[] _numbers;

    private Coordinates(double[] numbers, string[]? labels, bool areDates = false) => (_numbers, Labels, AreDates) = (numbers, labels, areDates);

    /// <summary>The labels, where the axis is one of categories.</summary>
    public IReadOnlyList<string>? Labels { get; }

    /// <summary>Whether the numbers stand for dates.</summary>
    public bool AreDates { get; }

    public int Count => Labels?.Count ?? _numbers.Length;

    /// <summary>The numbers; the own positions 0, 1, 2, … of labels.</summary>
    public ReadOnlySpan<double> Numbers => _numbers;

    /// <summary>Numbers of any kind, or dates; a null among dates leaves a gap.</summary>
    /// <exception cref="ArgumentException">Neither of them.</exception>
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

    /// <summary>Those of some places, in their order.</summary>
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

    /// <summary>The positions on an axis that may hold other traces' labels too.</summary>
    public double[] Positions(IReadOnlyList<string>? axisLabels)
    {
        if (Labels is null || axisLabels is null)
        {
            return _numbers;
        }
        var places = axisLabels.Select((label, i) => (label, i)).ToDictionary(pair => pair.label, pair => (double)pair.i);
        return [.. Labels.Select(label => places[label])];
    }

    public Extent Extent(bool log) => DeepNotes.Extent.Of(_numbers, log);

    public JsonArray ToPlotly(bool log) => Labels is null
        ? ToPlotly(_numbers, log)
        : new JsonArray([.. Labels.Select(label => JsonValue.Create(PlotlyText.Escape(label)))]);

    /// <summary>Places on this axis, numbers or dates as these are.</summary>
    public JsonArray ToPlotly(double[] places, bool log) => AreDates
        ? new JsonArray([.. places.Select(place => double.IsFinite(place) ? JsonValue.Create(DateNumber.Text(place)) : null)])
        : PlotlyNumbers.Array(places, log);

    /// <summary>Dates as numbers: milliseconds since 1970.</summary>
    public static Coordinates OfDates(IEnumerable<double> numbers) => new([.. numbers], null, areDates: true);

    private static double[] Indices(int count) => [.. Enumerable.Range(0, count).Select(i => (double)i)];

    /// <summary>How a number of this type becomes a double; null for a type that is no number.</summary>
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
