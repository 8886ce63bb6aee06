using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepNotes;

public sealed partial record Chart
{
    /// <summary>
    /// Reads a figure in the schema of plotly.js, as written by <c>GenericChart.toFigureJson</c> of Plotly.NET or <c>to_json</c>
    /// of plotly.py: lines, points, areas, bars, histograms, box plots, heat maps, contours, images, surfaces and 3D lines, with
    /// their axes, titles, annotations, panels and frames. Other traces are kept in <see cref="ToPlotlyJson"/>; the SVG names
    /// them in a line of text.
    /// </summary>
    /// <param name="json">An object with <c>data</c>, and optionally <c>layout</c> and <c>frames</c>.</param>
    /// <exception cref="ArgumentException">The text is not JSON, or not such an object.</exception>
    public static Chart FromPlotly(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return FromPlotly(JsonNode.Parse(json) as JsonObject ?? throw NoFigure(json.Length > 40 ? json[..40] + "…" : json));
        }
        catch (JsonException error)
        {
            throw new ArgumentException($"Chart.FromPlotly: expected JSON, got text that breaks off or goes wrong: {error.Message}", nameof(json), error);
        }
    }

    /// <inheritdoc cref="FromPlotly(string)"/>
    /// <param name="figure">An object with <c>data</c>, and optionally <c>layout</c> and <c>frames</c>.</param>
    public static Chart FromPlotly(JsonObject figure)
    {
        ArgumentNullException.ThrowIfNull(figure);

        // Nodes created in memory lack the value kinds of parsed ones.
        var parsed = JsonNode.Parse(figure.ToJsonString())!.AsObject();
        if (parsed["data"] is not JsonArray data || !data.All(trace => trace is JsonObject))
        {
            throw NoFigure($"an object with {string.Join(", ", parsed.Select(pair => pair.Key).DefaultIfEmpty("no members"))}");
        }
        var layout = parsed["layout"] as JsonObject ?? [];
        JsonObject[] traces = [.. data.Select(trace => trace!.AsObject())];
        return parsed["frames"] is JsonArray { Count: > 0 } frames ? Animation(traces, layout, frames) : Still(traces, layout);
    }

    private static ArgumentException NoFigure(string given) =>
        new($"Chart.FromPlotly: expected a figure of plotly.js, an object with an array of traces in data, got {given}.");

    private static Chart Still(JsonObject[] traces, JsonObject layout)
    {
        var panels = PanelReader.All(layout, traces.Where(trace => !PlotlyValues.IsFalse(trace["visible"])));
        var notes = (layout["annotations"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var subtitle = notes.Find(note => PlotlyValues.String(note["name"]) == "subtitle");
        var fromRight = panels.OrderByDescending(panel => panel.Corner.Left).ToList();
        foreach (var note in panels.Count > 1 ? notes.Where(note => note != subtitle) : [])
        {
            _ = fromRight.Find(panel => panel.TakesTitle(note));
        }
        Chart[] parts = [.. panels.OrderBy(panel => Math.Round(panel.Corner.Top, 2)).ThenBy(panel => panel.Corner.Left).Select(Part)];
        var columns = panels.Select(panel => Math.Round(panel.Corner.Left, 2)).Distinct().Count();
        var whole = parts.Length switch { 0 => new(), 1 => parts[0], _ => Grid(parts, columns) };
        return whole with
        {
            Title = PlotlyValues.Title(layout["title"]),
            Subtitle = PlotlyValues.Title(layout["title"] is JsonObject title ? title["subtitle"] : null) ?? PlotlyValues.Title(subtitle?["text"]),
            Legend = ShowsLegend(layout, traces),
            Width = GivenSize(layout)?.Width,
            Height = GivenSize(layout)?.Height,
        };
    }

    /// <summary>As the layout says; otherwise, one trace that asks for a legend is enough, as in plotly.js.</summary>
    private static bool? ShowsLegend(JsonObject layout, JsonObject[] traces) =>
        layout["showlegend"] is { } shown ? PlotlyValues.IsTrue(shown)
        : traces.Any(trace => PlotlyValues.IsTrue(trace["showlegend"])) ? true
        : null;

    private static Chart Part(PanelReader panel) => new()
    {
        Traces = [.. panel.Traces()],
        Title = panel.Title,
        XAxis = Usable(panel.XAxis),
        YAxis = Usable(panel.YAxis),
        ZAxis = panel.ZAxis,
    };

    private static Chart Animation(JsonObject[] traces, JsonObject layout, JsonArray frames)
    {
        var names = Labels(layout);
        var charts = frames.OfType<JsonObject>().Select(frame => Still(Changed(traces, frame), layout)).ToList();
        var isPlain = charts.TrueForAll(chart => !chart.HasParts && chart.Traces.Select(trace => trace.GetType()).SequenceEqual(charts[0].Traces.Select(trace => trace.GetType())));
        return isPlain && charts.Count > 0
            ? Animate(charts, frames.OfType<JsonObject>().Select((frame, i) =>
                PlotlyValues.String(frame["name"]) is { } name ? names.GetValueOrDefault(name, name) : $"{i + 1}")) with
            {
                Title = charts[0].Title,
                Subtitle = charts[0].Subtitle,
            }
            : Still(traces, layout);
    }

    /// <summary>The traces with the changes of a frame.</summary>
    private static JsonObject[] Changed(JsonObject[] traces, JsonObject frame)
    {
        JsonObject[] changed = [.. traces.Select(trace => trace.DeepClone().AsObject())];
        var indices = PlotlyValues.List(frame["traces"])?.Select(PlotlyValues.Number).ToList();
        foreach (var (i, change) in (frame["data"] as JsonArray ?? []).OfType<JsonObject>().Index())
        {
            var index = indices is null ? i : i < indices.Count ? indices[i] : -1;
            foreach (var (name, value) in index >= 0 && index < changed.Length ? change : [])
            {
                changed[(int)index][name] = value?.DeepClone();
            }
        }
        return changed;
    }

    /// <summary>The label of each frame on the slider.</summary>
    private static Dictionary<string, string> Labels(JsonObject layout)
    {
        var labels = new Dictionary<string, string>();
        foreach (var step in (layout["sliders"] as JsonArray ?? []).OfType<JsonObject>().SelectMany(slider => slider["steps"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (step["args"] is JsonArray { Count: > 0 } arguments && arguments[0] is JsonArray { Count: 1 } names && PlotlyValues.String(names[0]) is { } name)
            {
                labels[name] = PlotlyValues.Text(step["label"]);
            }
        }
        return labels;
    }

    /// <summary>The size if both sides are given; a single one is a default of plotly.</summary>
    private static (int Width, int Height)? GivenSize(JsonObject layout) =>
        PlotlyValues.FiniteNumber(layout["width"]) is { } width and >= SmallestSide and <= LargestSide
        && PlotlyValues.FiniteNumber(layout["height"]) is { } height and >= SmallestSide and <= LargestSide
            ? ((int)width, (int)height)
            : null;

    private static AxisSettings Usable(AxisSettings axis) => axis.IsLog && axis.Range is { Min: <= 0 } ? axis with { Range = null } : axis;
}
