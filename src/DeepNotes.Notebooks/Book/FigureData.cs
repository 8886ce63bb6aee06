using System.Text;
using System.Text.Json.Nodes;

namespace DeepNotes.Notebooks.Book;

/// <summary>The data of a chart as HTML tables, for accessibility and reuse.</summary>
internal static class FigureData
{
    private const int MaxRows = 200;

    private static readonly string[] Arrays = ["x", "y", "z", "lowerfence", "q1", "median", "q3", "upperfence", "labels", "values", "open", "high", "low", "close"];

    /// <param name="figure">A figure as returned by <see cref="PlotlyFigure.Read"/>.</param>
    /// <returns>Tables; empty for a figure without numbers.</returns>
    public static string Render(JsonObject figure)
    {
        var traces = (figure["data"] as JsonArray ?? []).OfType<JsonObject>().Where(trace => !IsDrawing(trace)).Select(Unpacked).ToList();
        var tables = traces.Where(IsGrid).Select((trace, index) => Grid(trace, Name(trace, index))).ToList();
        var lists = traces.Where(trace => !IsGrid(trace) && Length(trace) > 0).ToList();
        if (lists.Count > 0)
        {
            tables.Insert(0, ShareX(lists) ? SideBySide(lists, figure) : Stacked(lists));
        }

        var frames = figure["frames"] is JsonArray { Count: > 0 } ? "<p>The first picture of the animation.</p>\n" : "";
        return tables.Count == 0
            ? "" : $"{frames}{string.Concat(tables)}";
    }

    // A copy of the displayed fields, with typed arrays decoded into lists.
    private static JsonObject Unpacked(JsonObject trace)
    {
        var copy = new JsonObject { ["name"] = trace["name"]?.DeepClone() };
        foreach (var name in Arrays)
        {
            copy[name] = PlotlyFigure.List(trace[name])?.DeepClone();
        }

        return copy;
    }

    // Traces that only draw shapes, such as a box of a network or the second edge of a band: their coordinates carry no data.
    private static bool IsDrawing(JsonObject trace) => Text(trace["hoverinfo"]) == "skip";

    private static bool IsGrid(JsonObject trace) => trace["z"] is JsonArray { Count: > 0 } rows && rows[0] is JsonArray;

    private static int Length(JsonObject trace) => Arrays.Max(name => (trace[name] as JsonArray)?.Count ?? 0);

    private static string Name(JsonObject trace, int index) => Text(trace["name"]) is { Length: > 0 } name ? name : $"series {index + 1}";

    private static bool ShareX(List<JsonObject> traces) => traces.All(trace =>
        trace["x"] is JsonArray x && trace["y"] is JsonArray y && x.Count == y.Count && trace["z"] is null
        && JsonNode.DeepEquals(x, traces[0]["x"]));

    private static string SideBySide(List<JsonObject> traces, JsonObject figure)
    {
        var x = AxisTitle((figure["layout"] as JsonObject)?["xaxis"] as JsonObject) ?? "x";
        var rows = Enumerable.Range(0, Length(traces[0])).Select(row =>
            new[] { Text(traces[0]["x"]![row]) }.Concat(traces.Select(trace => Text(trace["y"]![row]))));
        return Table("", [x, .. traces.Select(Name)], rows, Length(traces[0]));
    }

    private static string Stacked(List<JsonObject> traces)
    {
        var columns = Arrays.Where(name => traces.Any(trace => trace[name] is JsonArray)).ToList();
        var rows = traces.SelectMany((trace, index) => Enumerable.Range(0, Length(trace)).Select(row =>
            columns.Select(column => trace[column] is JsonArray values && row < values.Count ? Text(values[row]) : "").Prepend(Name(trace, index))));
        return Table("", ["series", .. columns], rows, traces.Sum(Length));
    }

    private static string Grid(JsonObject trace, string name)
    {
        var rows = (JsonArray)trace["z"]!;
        var width = rows.OfType<JsonArray>().Max(row => row.Count);
        var cells = rows.OfType<JsonArray>().Select((row, index) => row.Select(Text).Prepend(Label(trace["y"], index)));
        return Table(name, ["y \\ x", .. Enumerable.Range(0, width).Select(column => Label(trace["x"], column))], cells, rows.Count);
    }

    // A surface may give its coordinates as a grid, too; the index is used then.
    private static string Label(JsonNode? labels, int index) =>
        labels is JsonArray array && index < array.Count && array[index] is JsonValue ? Text(array[index]) : $"{index + 1}";

    private static string Table(string caption, IReadOnlyList<string> heads, IEnumerable<IEnumerable<string>> rows, int count)
    {
        var html = new StringBuilder("<div class=\"table\"><table>\n");
        if (caption.Length > 0)
        {
            html.Append($"<caption>{Html.Escape(Html.PlainText(caption))}</caption>\n");
        }

        html.Append("<thead><tr>").AppendJoin("", heads.Select(head => $"<th scope=\"col\">{Html.Escape(Html.PlainText(head))}</th>")).Append("</tr></thead>\n<tbody>\n");
        foreach (var row in rows.Take(MaxRows))
        {
            html.Append("<tr>").AppendJoin("", row.Select(cell => $"<td>{Html.Escape(cell)}</td>")).Append("</tr>\n");
        }

        html.Append("</tbody>\n</table></div>\n");
        return count <= MaxRows
            ? html.ToString() : html.Append($"<p>The first {MaxRows} of {count} rows; all are in the notebook.</p>\n").ToString();
    }

    private static string? AxisTitle(JsonObject? axis) => Text((axis?["title"] as JsonObject)?["text"]) is { Length: > 0 } title ? title : null;

    private static string Text(JsonNode? node) => node is JsonValue value
        ? value.TryGetValue(out string? text) ? text : value.ToJsonString() : "";
}
