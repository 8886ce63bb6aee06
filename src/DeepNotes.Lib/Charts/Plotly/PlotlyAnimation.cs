using System.Text.Json.Nodes;

namespace DeepNotes;

/// <summary>An animation in plotly's schema: the first frame, the changes of each frame, a slider and two buttons.</summary>
internal static class PlotlyAnimation
{
    private const int ControlsHeight = 84;
    private const int FrameMilliseconds = 450;
    private const string Transparent = "rgba(0,0,0,0)";

    public static JsonObject Of(Chart chart)
    {
        var figures = chart.Frames().Select(PlotlyFigure.Of).ToList();
        var figure = figures[0];
        var frames = new JsonArray();
        var changing = Changing(figures);
        foreach (var (i, next) in figures.Index())
        {
            frames.Add((JsonNode)new JsonObject { ["name"] = Name(i), ["data"] = Changes(next, changing) });
        }
        var layout = figure["layout"]!.AsObject();
        layout["height"] = (int)layout["height"]! + ControlsHeight;
        layout["margin"]!["b"] = (int)layout["margin"]!["b"]! + ControlsHeight;
        layout["sliders"] = new JsonArray(Slider(chart.FrameLabels));
        layout["updatemenus"] = new JsonArray(Buttons());
        figure["frames"] = frames;
        return figure;
    }

    private static string Name(int frame) => $"frame {frame}";

    /// <summary>For each trace, the attributes that differ between frames; the others are not repeated.</summary>
    private static List<HashSet<string>> Changing(List<JsonObject> figures) =>
        [.. figures[0]["data"]!.AsArray().Select((first, trace) => figures
            .SelectMany(figure => figure["data"]![trace]!.AsObject())
            .Where(pair => !JsonNode.DeepEquals(pair.Value, first![pair.Key]))
            .Select(pair => pair.Key).ToHashSet())];

    private static JsonArray Changes(JsonObject figure, List<HashSet<string>> changing) =>
        new([.. figure["data"]!.AsArray().Select((trace, i) => new JsonObject(
            trace!.AsObject().Where(pair => changing[i].Contains(pair.Key))
                .Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone()))))]);

    private static JsonObject Slider(IReadOnlyList<string> labels) => new()
    {
        ["active"] = 0,
        ["x"] = 0.22,
        ["len"] = 0.78,
        ["y"] = 0,
        ["pad"] = new JsonObject { ["t"] = 66 },
        ["currentvalue"] = new JsonObject { ["xanchor"] = "left", ["offset"] = 4 },
        ["bgcolor"] = Style.ReferenceColor,
        ["bordercolor"] = Style.ReferenceColor,
        ["tickcolor"] = Style.ReferenceColor,
        ["steps"] = new JsonArray([.. labels.Select((label, i) => new JsonObject
        {
            ["label"] = PlotlyText.Escape(label),
            ["method"] = "animate",
            ["args"] = new JsonArray(new JsonArray(Name(i)), Timing(0)),
        })]),
    };

    private static JsonObject Buttons()
    {
        var play = Timing(FrameMilliseconds);
        play["fromcurrent"] = true;
        return new()
        {
            ["type"] = "buttons",
            ["direction"] = "left",
            ["showactive"] = false,
            ["x"] = 0,
            ["xanchor"] = "left",
            ["y"] = 0,
            ["yanchor"] = "top",
            ["pad"] = new JsonObject { ["t"] = 74 },
            ["bgcolor"] = Transparent,
            ["bordercolor"] = Style.ReferenceColor,
            ["buttons"] = new JsonArray(
                Button("▶", new JsonArray(null, play)),
                Button("❚❚", new JsonArray(new JsonArray((JsonNode?)null), Timing(0)))),
        };
    }

    private static JsonObject Button(string label, JsonArray arguments) =>
        new() { ["label"] = label, ["method"] = "animate", ["args"] = arguments };

    private static JsonObject Timing(int milliseconds) => new()
    {
        ["mode"] = "immediate",
        ["frame"] = new JsonObject { ["duration"] = milliseconds, ["redraw"] = true },
        ["transition"] = new JsonObject { ["duration"] = 0 },
    };
}
