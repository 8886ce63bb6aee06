using System.Text.Json.Nodes;

namespace DeepNotes;

/// <summary>The three axes of a panel with surfaces, in plotly's schema.</summary>
internal static class PlotlyScene
{
    public static JsonObject Of(Panel panel, PlotlyFrame frame, int index) => new()
    {
        ["domain"] = new JsonObject { ["x"] = frame.XDomain(index), ["y"] = frame.YDomain(index) },
        ["xaxis"] = Axis(panel.Chart.XAxis, "x"),
        ["yaxis"] = Axis(panel.Chart.YAxis, "y"),
        ["zaxis"] = Axis(panel.Chart.ZAxis, "z"),
        ["aspectmode"] = "manual",
        ["aspectratio"] = Point(1, 1, 0.7),
        ["camera"] = new JsonObject { ["eye"] = Point(1.3, -1.4, 0.9), ["center"] = Point(0, 0, -0.18) },
    };

    private static JsonObject Axis(AxisSettings settings, string name)
    {
        const int mostTicks = 5;
        var axis = new JsonObject
        {
            ["title"] = new JsonObject { ["text"] = PlotlyText.Escape(settings.Title ?? name) },
            ["nticks"] = mostTicks,
        };
        if (settings.IsLog)
        {
            axis["type"] = "log";
        }
        if (settings.Range is var (min, max))
        {
            axis["range"] = new JsonArray(PlotlyContext.Place(min, settings.IsLog), PlotlyContext.Place(max, settings.IsLog));
        }
        return axis;
    }

    private static JsonObject Point(double x, double y, double z) => new() { ["x"] = x, ["y"] = y, ["z"] = z };
}
