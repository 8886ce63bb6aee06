using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace DeepNotes;

public sealed partial record Chart
{
    /// <summary>
    /// The numbers behind the figure as HTML tables, one for each trace, four digits each; of long data evenly chosen
    /// rows, the first and the last among them. Empty for drawings and pictures. Of an animation, the first frame.
    /// </summary>
    public string ToDataTable() => ChartData.Tables(this);
}

/// <summary>The numbers of a figure as readers take them from it, for those who cannot see it or want to check it.</summary>
internal static class ChartData
{
    private const int MostRows = 24;
    private const int MostColumns = 12;
    private const string CssClass = "deepnotes-data";

    private static readonly string[] Keys = ["x", "y", "z", "lowerfence", "q1", "median", "q3", "upperfence"];

    public static string Tables(Chart chart)
    {
        if (chart.HasParts)
        {
            return string.Concat((chart.IsAnimation ? chart.Children.Take(1) : chart.Children).Select(Tables));
        }
        var context = new PlotlyContext(Palette.At(0), new Panel(chart), () => []);
        return string.Concat(chart.Traces.Where(trace => trace is not DrawingTrace)
            .Select(trace => trace.ToPlotly(context) is { } json ? Table(trace.Summary(chart.YAxis.IsLog), json) : ""));
    }

    private static string Table(string caption, JsonObject trace)
    {
        var columns = Keys.Where(key => trace[key] is JsonArray { Count: > 0 } values && values[0] is not JsonArray)
            .Select(key => (Key: key, Values: trace[key]!.AsArray())).ToList();
        return trace["z"] is JsonArray { Count: > 0 } rows && rows[0] is JsonArray
            ? Matrix(caption, trace, rows)
            : columns.Count == 0 ? ""
            : HtmlTable.Write(
                CssClass, columns.Select(column => column.Key),
                Chosen(columns[0].Values.Count, MostRows).Select(i => columns.Select(column => Text(column.Values[i]))), caption);
    }

    /// <summary>A table with the coordinates of columns above and those of rows on the left.</summary>
    private static string Matrix(string caption, JsonObject trace, JsonArray rows)
    {
        var across = Chosen(rows[0]!.AsArray().Count, MostColumns).ToList();
        return HtmlTable.Write(
            CssClass, across.Select(column => Text(trace["x"]![column])).Prepend("y \\ x"),
            Chosen(rows.Count, MostRows).Select(row =>
                across.Select(column => Text(rows[row]![column])).Prepend(Text(trace["y"]![row]))), caption);
    }

    private static IEnumerable<int> Chosen(int count, int most) => count <= most
        ? Enumerable.Range(0, count)
        : Enumerable.Range(0, most).Select(i => (int)((long)i * (count - 1) / (most - 1)));

    private static string Text(JsonNode? value) => value switch
    {
        null => "",
        JsonValue text when text.TryGetValue<string>(out var words) => WebUtility.HtmlDecode(words),
        _ => ShortNumber.Format(double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture)),
    };
}
