using System.Text.Json.Nodes;

namespace DeepNotes;

/// <summary>What a trace must know of its panel and figure to write itself in plotly's schema.</summary>
internal sealed record PlotlyContext(TraceStyle Style, Panel Panel, Func<JsonObject> ColorBar)
{
    public bool LogX => Panel.Chart.XAxis.IsLog;

    public bool LogY => Panel.Chart.YAxis.IsLog;

    public bool IsOverField => !Panel.HasGridLines;

    /// <summary>A place of an annotation, which plotly counts in decades on a logarithmic axis.</summary>
    public static JsonNode? Place(double value, bool log) => PlotlyNumbers.Number(log ? Math.Log10(value) : value);
}
