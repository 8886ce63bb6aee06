using System.Text.Json.Nodes;

namespace DeepNotes;

/// <summary>Reads an axis of a figure: its settings and the type of its values.</summary>
internal sealed class AxisReader
{
    private readonly JsonObject _json;
    private readonly string? _type;
    private readonly Dictionary<string, double>? _positions;

    /// <param name="json">The axis in the layout; empty if the layout has none.</param>
    /// <param name="values">The values of all traces on this axis.</param>
    public AxisReader(JsonObject json, IReadOnlyList<JsonNode?> values)
    {
        _json = json;
        _type = PlotlyValues.String(json["type"]) is { } type && type != "-" ? type : TypeOf(values);
        if (_type == "category")
        {
            var texts = (PlotlyValues.List(json["categoryarray"]) ?? []).Concat(values.Where(value => value is not null)).Select(PlotlyValues.Text);
            Categories = [.. texts.Distinct()];
            _positions = Categories.Index().ToDictionary(item => item.Item, item => (double)item.Index);
        }
    }

    public bool IsLog => _type == "log";

    public bool IsDate => _type == "date";

    public bool IsHidden => PlotlyValues.IsFalse(_json["visible"]);

    public bool HasUnitsOf(string other) => PlotlyValues.String(_json["scaleanchor"]) == other;

    /// <summary>The categories at the positions 0, 1, 2, …; null for other axes.</summary>
    public IReadOnlyList<string>? Categories { get; }

    /// <summary>The labels of the positions 0, 1, 2, …: categories, or tick texts.</summary>
    public IReadOnlyList<string>? Labels => Categories ?? TickTexts();

    public bool IsReversed => PlotlyValues.String(_json["autorange"]) is "reversed" || Ends() is (var first, var last) && first > last;

    public AxisSettings Settings => new(PlotlyValues.Title(_json["title"]), Range(), IsLog ? true : null);

    /// <summary>Positions on the axis: numbers, dates in milliseconds, or indices of categories.</summary>
    public double[] Numbers(IEnumerable<JsonNode?> values) => [.. values.Select(Number)];

    /// <summary>The coordinate of a shape or an annotation; for annotations on a logarithmic axis, it is given as a power of ten.</summary>
    public double Place(JsonNode? value, bool inDecades) =>
        inDecades && IsLog ? Math.Pow(10, PlotlyValues.Number(value)) : Number(value);

    private double Number(JsonNode? value) =>
        value is null ? double.NaN
        : IsDate ? PlotlyValues.Date(value)
        : _positions is null ? PlotlyValues.Number(value)
        : _positions.TryGetValue(PlotlyValues.Text(value), out var position) ? position
        : PlotlyValues.Number(value);

    private static string? TypeOf(IReadOnlyList<JsonNode?> values)
    {
        var given = values.Where(value => value is not null).ToList();
        return given.Count == 0 || given.Any(value => double.IsFinite(PlotlyValues.Number(value))) ? null
            : given.All(PlotlyValues.IsDate) ? "date"
            : given.All(value => PlotlyValues.String(value) is not null) ? "category"
            : null;
    }

    private (double Min, double Max)? Range()
    {
        if (Categories is not null || Ends() is not var (first, last))
        {
            return null;
        }
        var (min, max) = (Math.Min(first, last), Math.Max(first, last));
        return Math.Abs(min) <= Extent.Largest && Math.Abs(max) <= Extent.Largest && min < max ? (min, max) : null;
    }

    /// <summary>The two ends of the axis in data units; null if they follow from the data.</summary>
    private (double First, double Last)? Ends()
    {
        if (_json["autorange"] is { } auto && !PlotlyValues.IsFalse(auto) || PlotlyValues.List(_json["range"]) is not [{ } first, { } last])
        {
            return null;
        }
        var (start, end) = (Place(first, inDecades: true), Place(last, inDecades: true));
        return double.IsFinite(start - end) ? (start, end) : null;
    }

    private string[]? TickTexts() =>
        PlotlyValues.List(_json["ticktext"]) is { Length: > 0 } texts && PlotlyValues.List(_json["tickvals"]) is { } positions
        && positions.Select(PlotlyValues.Number).SequenceEqual(Enumerable.Range(0, texts.Length).Select(i => (double)i))
            ? [.. texts.Select(PlotlyValues.Text)]
            : null;
}
