using System.Globalization;
using System.Text.Json.Nodes;

namespace DeepNotes;

/// <summary>
/// A chart in the schema of plotly.js, restricted to what older renderers accept (<c>title.text</c>, one legend, no subtitle
/// attribute). The background is transparent, and text and grid lines have no colour: the <c>layout.template</c> of the page
/// sets them for light and dark themes.
/// </summary>
internal static class PlotlyFigure
{
    private const string Transparent = "rgba(0,0,0,0)";

    public static JsonObject Of(Chart chart)
    {
        var series = new Series(chart);
        var frame = new PlotlyFrame(chart, series);
        var data = new JsonArray();
        var layout = frame.Layout();
        layout["paper_bgcolor"] = Transparent;
        layout["plot_bgcolor"] = Transparent;
        var annotations = new JsonArray([.. frame.FigureAnnotations()]);
        var shapes = new JsonArray();
        foreach (var (index, panel) in series.Panels.Index())
        {
            var suffix = index == 0 ? "" : $"{index + 1}";
            foreach (var trace in panel.Traces)
            {
                var context = new PlotlyContext(series.StyleOf(trace), panel, () => frame.ColorBar(index));
                if (TraceJson(trace, context, series, suffix) is { } json)
                {
                    data.Add((JsonNode)json);
                }
                foreach (var annotation in trace.PlotlyAnnotations(context))
                {
                    annotations.Add((JsonNode)frame.Placed(annotation, index, suffix));
                }
                foreach (var shape in trace.PlotlyShapes(context))
                {
                    shapes.Add((JsonNode)frame.Stretched(shape, index, suffix));
                }
            }
            if (panel.IsSpatial)
            {
                layout["scene" + suffix] = PlotlyScene.Of(panel, frame, index);
            }
            else
            {
                layout["xaxis" + suffix] = PlotlyAxes.X(panel, frame, index, suffix);
                layout["yaxis" + suffix] = PlotlyAxes.Y(panel, frame, index, suffix);
            }
            foreach (var annotation in frame.PanelAnnotations(panel, index))
            {
                annotations.Add((JsonNode)annotation);
            }
        }
        if (annotations.Count > 0)
        {
            layout["annotations"] = annotations;
        }
        if (shapes.Count > 0)
        {
            layout["shapes"] = shapes;
        }
        return new() { ["data"] = data, ["layout"] = layout, ["config"] = Config() };
    }

    public static JsonArray ColorScale(ColorScale scale) => new(
        [.. ColorRamp.Of(scale).Stops.Select(stop => new JsonArray(PlotlyNumbers.Number(stop.Position), stop.Color))]);

    public static JsonArray Strings(IEnumerable<string> texts) =>
        new([.. texts.Select(text => JsonValue.Create(PlotlyText.Escape(text)))]);

    /// <summary>A translucent colour in plotly's notation.</summary>
    public static string Translucent(string color, double opacity)
    {
        var rgb = Convert.ToInt32(color[1..], 16);
        return string.Create(
            CultureInfo.InvariantCulture, $"rgba({rgb >> 16},{(rgb >> 8) & 255},{rgb & 255},{opacity:0.##})");
    }

    private static JsonObject? TraceJson(Trace trace, PlotlyContext context, Series series, string suffix)
    {
        if (trace.ToPlotly(context) is not { } json)
        {
            return null;
        }
        if (trace.Name is not null)
        {
            var name = PlotlyText.Escape(trace.Name);
            json["name"] = name;
            json["legendgroup"] = name;
        }
        if (trace.TakesStyle)
        {
            json["showlegend"] = series.Keys.Contains(trace);
        }
        if (trace.IsSpatial)
        {
            json["scene"] = "scene" + suffix;
        }
        else
        {
            json["xaxis"] = "x" + suffix;
            json["yaxis"] = "y" + suffix;
        }
        return json;
    }

    /// <summary>No logo, and no button that uploads the figure to a server (under its names before and since version 4).</summary>
    private static JsonObject Config() => new()
    {
        ["displaylogo"] = false,
        ["responsive"] = true,
        ["modeBarButtonsToRemove"] = new JsonArray("sendDataToCloud", "sendChartToCloud", "lasso2d", "select2d"),
    };
}
