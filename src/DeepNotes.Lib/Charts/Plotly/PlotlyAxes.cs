using System.Text.Json.Nodes;

namespace DeepNotes;

/// <summary>The axes of a panel in plotly's schema.</summary>
internal static class PlotlyAxes
{
    /// <summary>Up to this span, every integer gets a tick; above it, plotly's default steps are integers anyway.</summary>
    private const double SmallSpan = 8;

    public static JsonObject X(Panel panel, PlotlyFrame frame, int index, string suffix)
    {
        var axis = Common(panel, panel.X, panel.Chart.XAxis, frame.XDomain(index), "y" + suffix);
        axis["ticks"] = "outside"; // keeps the first label apart from that of the y axis
        Label(axis, panel.Traces.Select(trace => trace.XLabels));
        if (panel.XIsDate)
        {
            axis["type"] = "date";
        }
        if (panel.XCategories is not null)
        {
            axis["type"] = "category";
            axis["categoryorder"] = "array";
            axis["categoryarray"] = PlotlyFigure.Strings(panel.XCategories);
        }
        else if (panel.XIsIntegral && panel.XSpan <= SmallSpan && !axis.ContainsKey("tickmode"))
        {
            axis["dtick"] = 1;
        }
        if (panel.Aspect is not null)
        {
            axis["constrain"] = "domain";
        }
        return axis;
    }

    public static JsonObject Y(Panel panel, PlotlyFrame frame, int index, string suffix)
    {
        var axis = Common(panel, panel.Y, panel.Chart.YAxis, frame.YDomain(index), "x" + suffix);
        Label(axis, panel.Traces.Select(trace => trace.YLabels));
        if (panel.YIsDown)
        {
            if (axis["range"] is JsonArray { Count: 2 } range)
            {
                axis["range"] = new JsonArray(range[1]!.DeepClone(), range[0]!.DeepClone());
            }
            else
            {
                axis["autorange"] = "reversed";
            }
        }
        if (panel.Aspect is not null)
        {
            axis["scaleanchor"] = "x" + suffix;
            axis["constrain"] = "domain";
            axis["constraintoward"] = "top";
        }
        return axis;
    }

    private static JsonObject Common(Panel panel, Axis drawn, AxisSettings settings, JsonArray domain, string anchor)
    {
        var axis = new JsonObject
        {
            ["domain"] = domain,
            ["anchor"] = anchor,
            ["type"] = settings.IsLog ? "log" : "linear",
            ["automargin"] = true,
            ["zeroline"] = false,
        };
        if (settings.IsLog)
        {
            // Powers of ten, as in the SVG; plotly's default is SI prefixes such as 1p and 1n.
            axis["exponentformat"] = "power";
        }
        if (settings.Title is not null)
        {
            axis["title"] = new JsonObject { ["text"] = PlotlyText.Escape(settings.Title), ["standoff"] = 10 };
        }
        if ((settings.Range ?? (panel.NeedsOwnRange ? drawn.Ends : null)) is var (min, max))
        {
            axis["range"] = drawn is DateAxis
                ? new JsonArray(DateNumber.Text(min), DateNumber.Text(max))
                : new JsonArray(End(min, settings.IsLog), End(max, settings.IsLog));
        }
        if (!panel.HasGridLines)
        {
            axis["showgrid"] = false;
        }
        if (panel.HidesAxes)
        {
            axis["visible"] = false;
        }
        return axis;
    }

    /// <summary>Labels are written as tick texts, not as categories, because plotly merges categories of the same name.</summary>
    private static void Label(JsonObject axis, IEnumerable<IReadOnlyList<string>?> given)
    {
        if (given.FirstOrDefault(labels => labels is not null) is { } labels)
        {
            axis["tickmode"] = "array";
            axis["tickvals"] = new JsonArray([.. Enumerable.Range(0, labels.Count).Select(i => JsonValue.Create(i))]);
            axis["ticktext"] = PlotlyFigure.Strings(labels);
        }
    }

    /// <summary>Plotly expects the ends of a logarithmic axis as powers of ten.</summary>
    private static JsonNode? End(double value, bool log) => PlotlyNumbers.Number(log ? Math.Log10(value) : value);
}
