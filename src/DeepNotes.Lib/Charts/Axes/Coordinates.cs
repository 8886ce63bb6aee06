using System.Numerics;
using System.Text.Json.Nodes;

namespace DeepNotes;

/// <summary>Where the points of a trace lie on one axis: numbers, or labels of categories.</summary>
internal sealed class Coordinates
{
    private readonly double[] _numbers;

    private Coordinates(double[] numbers, string[]? labels) => (_numbers, Labels) = (numbers, labels);

    /// <summary>The labels, where the axis is one of categories.</summary>
    public IReadOnlyList<string>? Labels { get; }

    public int Count => Labels?.Count ?? _numbers.Length;

    /// <summary>The numbers; the own positions 0, 1, 2, … of labels.</summary>
    public ReadOnlySpan<double> Numbers => _numbers;

    public static Coordinates Of<T>(IEnumerable<T> numbers)
        where T : INumber<T> => new(ToDoubles(numbers), null);

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
        ? PlotlyNumbers.Array(_numbers, log)
        : new JsonArray([.. Labels.Select(label => JsonValue.Create(PlotlyText.Escape(label)))]);

    private static double[] Indices(int count) => [.. Enumerable.Range(0, count).Select(i => (double)i)];
}
