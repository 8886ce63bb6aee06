using System.Text.Json.Nodes;

namespace DeepNotes;

/// <summary>The panel and figure of a trace, for writing the trace in plotly's schema.</summary>
internal sealed record PlotlyContext(TraceStyle Style, Panel Panel, Func<JsonObject> ColorBar)
{
    public bool LogX => Panel.Chart.XAxis.IsLog;

    public bool LogY => Panel.Chart.YAxis.IsLog;

    public bool IsOverField => !Panel.HasGridLines;

    /// <summary>The x coordinate of a shape, in data units: a number or a date.</summary>
    public JsonNode? XOfShape(double value) => Panel.XIsDate ? JsonValue.Create(DateNumber.Text(value)) : PlotlyNumbers.Number(value);

    /// <summary>The x coordinate of an annotation.</summary>
    public JsonNode? XOfNote(double value) => Panel.XIsDate ? XOfShape(value) : Place(value, LogX);

    /// <summary>A coordinate of an annotation, which plotly expects as a power of ten on a logarithmic axis.</summary>
    public static JsonNode? Place(double value, bool log) => PlotlyNumbers.Number(log ? Math.Log10(value) : value);
}
