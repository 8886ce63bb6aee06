using System.Text.Json.Nodes;

namespace DeepNotes;

/// <summary>Reads one pair of axes of a figure, or one 3D scene, with its contents.</summary>
internal sealed class PanelReader
{
    private readonly JsonObject _layout;
    private readonly string _xName;
    private readonly string _yName;
    private readonly IReadOnlyList<JsonObject> _traces;
    private readonly AxisReader _x;
    private readonly AxisReader _y;

    private PanelReader(JsonObject layout, string xName, string yName, IReadOnlyList<JsonObject> traces)
    {
        (_layout, _xName, _yName, _traces) = (layout, xName, yName, traces);
        IsSpatial = traces.All(TraceReader.IsSpatial);
        var place = IsSpatial ? Layout(xName) : layout;
        (_x, _y) = (
            new(IsSpatial ? Object(place["xaxis"]) : Axis("xaxis", xName), Values("x")), new(IsSpatial ? Object(place["yaxis"]) : Axis("yaxis", yName), Values("y")));
    }

    public bool IsSpatial { get; }

    public string? Title { get; private set; }

    public AxisSettings XAxis => Named(_x.Settings, "x");

    public AxisSettings YAxis => Named(_y.Settings, "y");

    public AxisSettings ZAxis => Named(new(IsSpatial ? PlotlyValues.Title(Object(Layout(_xName)["zaxis"])["title"]) : null), "z");

    /// <summary>The left and upper edges, as fractions of the width and height of the figure.</summary>
    public (double Left, double Top) Corner => IsSpatial || !_traces.Any(TraceReader.IsPlanar)
        ? Upper(IsSpatial ? Object(Layout(_xName)["domain"]) : Object(_traces[0]["domain"]))
        : (Domain("xaxis", _xName)?.Start ?? GridPlace.Column, Domain("yaxis", _yName) is var (_, end) ? 1 - end : GridPlace.Row);

    /// <summary>The panels of a figure in the order of their first traces.</summary>
    public static IReadOnlyList<PanelReader> All(JsonObject layout, IEnumerable<JsonObject> traces) =>
        [.. traces.GroupBy(Place).Select(group => new PanelReader(layout, group.Key.X, group.Key.Y, [.. group]))];

    /// <summary>The traces that can be drawn, and the shapes and annotations of the layout.</summary>
    public IReadOnlyList<Trace> Traces()
    {
        var labelsBars = _traces.All(TraceReader.IsBarOrBox);
        var reader = new TraceReader(_x, _y, labelsBars, isStacked: PlotlyValues.String(_layout["barmode"]) is "stack" or "relative" && _traces.Count(trace => TraceReader.Kind(trace) == "bar") > 1);
        var drawn = new List<Trace>();
        var undrawn = new List<Trace>();
        foreach (var json in _traces)
        {
            var (traces, words) = Read(reader, json);
            drawn.AddRange(traces);
            if (words is not null)
            {
                undrawn.Add(new UndrawnTrace(words, traces.Count == 0 ? json : null, IsSpatial, undrawn.Count));
            }
        }
        List<ReferenceTrace?> shapes = IsSpatial ? [] : [.. MyShapes().Select(Reference)];
        if (shapes.Contains(null))
        {
            undrawn.Add(new UndrawnTrace("shapes", null, IsSpatial, undrawn.Count));
        }
        return [.. Axes(drawn, labelsBars), .. drawn, .. shapes.OfType<ReferenceTrace>(), .. IsSpatial ? [] : Notes(), .. undrawn];
    }

    /// <summary>Uses the annotation as the title of the panel if it is just above it.</summary>
    public bool TakesTitle(JsonObject note)
    {
        var (left, top) = Corner;
        var isAbove = PlotlyValues.String(note["xref"]) == "paper" && PlotlyValues.String(note["yref"]) == "paper"
            && Math.Abs(1 - top - PlotlyValues.Number(note["y"])) < 0.02 && PlotlyValues.Number(note["x"]) >= left - 0.02;
        if (isAbove && Title is null)
        {
            Title = PlotlyValues.Text(note["text"]);
        }
        return isAbove;
    }

    private (IReadOnlyList<Trace> Traces, string? Undrawn) Read(TraceReader reader, JsonObject json)
    {
        var kind = TraceReader.Kind(json);
        try
        {
            if (_x.IsReversed)
            {
                return ([], $"{kind}, reversed x axis");
            }
            if (_x.IsDate && TraceReader.IsHorizontal(json) || _y.IsDate)
            {
                return ([], $"{kind}, dates on this axis");
            }
            if (reader.Read(json)?.ToList() is not { } traces)
            {
                return ([], kind == "bar" ? "stacked horizontal bars" : kind == "scatter" ? "stacked areas" : kind);
            }
            return (traces, TraceReader.LeftOut(json));
        }
        catch (Exception error) when (error is ArgumentException or FormatException or InvalidOperationException or IndexOutOfRangeException)
        {
            return ([], $"{kind} ({Reason(error)})");
        }
    }

    private static string Reason(Exception error) => error is ArgumentException { ParamName: { } name }
        ? error.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal).TrimEnd('.')
        : error.Message.TrimEnd('.');

    private IEnumerable<Trace> Axes(List<Trace> drawn, bool labelsBars)
    {
        var xLabels = labelsBars ? null : _x.Labels;
        var isDown = _y.IsReversed;
        var areHidden = _x.IsHidden && _y.IsHidden;
        var aspect = _y.HasUnitsOf(_xName) && drawn.TrueForAll(trace => trace.Aspect is null) ? Aspect(drawn) : null;
        return IsSpatial || (xLabels is null && _y.Labels is null && !isDown && !areHidden && aspect is null)
            ? []
            : [new AxesTrace(xLabels, _y.Labels, isDown, areHidden, aspect)];
    }

    private static double? Aspect(List<Trace> traces)
    {
        Extent Union(Func<Trace, Extent> extent) => traces.Select(extent).Aggregate(Extent.Empty, (union, next) => union.Union(next));
        var (x, y) = (Union(trace => trace.XExtent(log: false)), Union(trace => trace.YExtent(log: false)));
        return x.IsEmpty || y.IsEmpty || x.IsPoint || y.IsPoint ? null : Math.Clamp((y.Max - y.Min) / (x.Max - x.Min), 0.1, 10);
    }

    private IEnumerable<JsonObject> MyShapes() => Objects(_layout["shapes"])
        .Where(shape => !PlotlyValues.IsFalse(shape["visible"]) && (IsMine(shape, "xref", _xName) || IsMine(shape, "yref", _yName)));

    /// <summary>A line across the whole plot, with its label; null for every other shape.</summary>
    private ReferenceTrace? Reference(JsonObject shape)
    {
        var (inX, inY) = (IsMine(shape, "xref", _xName), IsMine(shape, "yref", _yName));
        var name = inX ? "x" : "y";
        if (PlotlyValues.String(shape["type"]) != "line" || inX == inY || shape[name + "0"]?.ToString() != shape[name + "1"]?.ToString())
        {
            return null;
        }
        var value = (inX ? _x : _y).Place(shape[name + "0"], inDecades: false);
        return double.IsFinite(value) ? new("shape", value, isVertical: inX, LabelAt(name, value), inX && _x.IsDate) : null;
    }

    private string? LabelAt(string axis, double value) => Objects(_layout["annotations"])
        .Where(note => axis == "x"
            ? IsMine(note, "xref", _xName) && !IsMine(note, "yref", _yName) && _x.Place(note["x"], inDecades: true) is var x && Math.Abs(x - value) <= 1e-6 * Math.Abs(value)
            : IsMine(note, "yref", _yName) && !IsMine(note, "xref", _xName) && _y.Place(note["y"], inDecades: true) is var y && Math.Abs(y - value) <= 1e-6 * Math.Abs(value))
        .Select(note => PlotlyValues.Text(note["text"])).FirstOrDefault(text => text.Length > 0);

    private IEnumerable<Trace> Notes()
    {
        foreach (var note in Objects(_layout["annotations"]).Where(note => IsMine(note, "xref", _xName) && IsMine(note, "yref", _yName)))
        {
            var (x, y, text) = (_x.Place(note["x"], inDecades: true), _y.Place(note["y"], inDecades: true), PlotlyValues.Text(note["text"]));
            if (Extent.IsDrawable(x, positiveOnly: false) && Extent.IsDrawable(y, positiveOnly: false) && text.Length > 0)
            {
                var hasArrow = !PlotlyValues.IsFalse(note["showarrow"]);
                var (right, down) = hasArrow
                    ? (PlotlyValues.FiniteNumber(note["ax"]) ?? -10, PlotlyValues.FiniteNumber(note["ay"]) ?? -30)
                    : (PlotlyValues.FiniteNumber(note["xshift"]) ?? 0, -(PlotlyValues.FiniteNumber(note["yshift"]) ?? 0) + Anchored(note));
                yield return new AnnotationTrace(x, y, text, hasArrow, ((int)right, (int)-down), _x.IsDate);
            }
        }
    }

    /// <summary>The vertical offset of the middle of a text below its anchor.</summary>
    private static double Anchored(JsonObject note) => PlotlyValues.String(note["yanchor"]) switch
    {
        "bottom" => -Style.LabelSize * 0.7,
        "top" => Style.LabelSize * 0.7,
        _ => 0,
    };

    /// <summary>Whether the item is in the units of this panel's axis, not in fractions of the paper.</summary>
    private static bool IsMine(JsonObject item, string reference, string name) => (PlotlyValues.String(item[reference]) ?? name[..1]) == name;

    private List<JsonNode?> Values(string name) => [.. _traces.SelectMany(trace => PlotlyValues.List(trace[name]) ?? []).Where(value => value is not JsonArray)];

    private static (string X, string Y) Place(JsonObject trace) =>
        TraceReader.IsSpatial(trace) ? (PlotlyValues.String(trace["scene"]) ?? "scene", "")
        : TraceReader.IsPlanar(trace) ? (PlotlyValues.String(trace["xaxis"]) ?? "x", PlotlyValues.String(trace["yaxis"]) ?? "y")
        : (PlotlyValues.String(trace["subplot"]) ?? PlotlyValues.String(trace["geo"]) ?? trace["domain"]?.ToJsonString() ?? "", "none");

    private JsonObject Axis(string kind, string name) => name.Length > 0 ? Layout(kind + name[1..]) : [];

    private JsonObject Layout(string name) => Object(_layout[name]);

    /// <summary>In a 3D scene, x, y and z are the default titles of the axes.</summary>
    private AxisSettings Named(AxisSettings axis, string name) => IsSpatial && axis.Title == name ? axis with { Title = null } : axis;

    private (double Column, double Row) GridPlace
    {
        get
        {
            var columns = GridSize("columns");
            return _layout["grid"] is null ? (0, 0) : PlotlyValues.String(Object(_layout["grid"])["pattern"]) == "independent"
                ? InGrid(Index(_xName) % columns, Index(_xName) / columns)
                : InGrid(Index(_xName), Index(_yName));
        }
    }

    /// <summary>Where a cell of the grid begins; the gaps are shares of a cell, and those of plotly.js where none are given.</summary>
    private (double Column, double Row) InGrid(double column, double row)
    {
        var grid = Object(_layout["grid"]);
        var (xGap, yGap) = PlotlyValues.String(grid["pattern"]) == "independent" ? (0.2, 0.3) : (0.1, 0.1);
        return (column / (GridSize("columns") - (PlotlyValues.FiniteNumber(grid["xgap"]) ?? xGap)), row / (GridSize("rows") - (PlotlyValues.FiniteNumber(grid["ygap"]) ?? yGap)));
    }

    private int GridSize(string name) => (int)Math.Clamp(PlotlyValues.FiniteNumber(Object(_layout["grid"])[name]) ?? 1, 1, 1000);

    private static int Index(string name) => name.Length > 1 && int.TryParse(name.AsSpan(1), out var number) ? Math.Max(0, number - 1) : 0;

    private (double Start, double End)? Domain(string kind, string name)
    {
        var axis = Axis(kind, name);
        var over = PlotlyValues.String(axis["overlaying"]) is { } other && other != name ? Axis(kind, other) : axis;
        return Interval(over["domain"]);
    }

    private (double Left, double Top) Upper(JsonObject domain) =>
        PlotlyValues.FiniteNumber(domain["row"]) is { } row ? InGrid(PlotlyValues.FiniteNumber(domain["column"]) ?? 0, row)
        : (Interval(domain["x"])?.Start ?? 0, Interval(domain["y"]) is var (_, end) ? 1 - end : 0);

    private static (double Start, double End)? Interval(JsonNode? node) =>
        PlotlyValues.List(node) is [var start, var end] && double.IsFinite(PlotlyValues.Number(start) + PlotlyValues.Number(end))
            ? (PlotlyValues.Number(start), PlotlyValues.Number(end))
            : null;

    private static JsonObject Object(JsonNode? node) => node as JsonObject ?? [];

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => (node as JsonArray ?? []).OfType<JsonObject>();
}
