using System.Text.Json.Nodes;

namespace DeepNotes;

/// <summary>What a trace must know of its panel and figure to write itself in plotly's schema.</summary>
internal sealed record PlotlyContext(TraceStyle Style, bool LogX, bool LogY, bool IsOverField, Func<JsonObject> ColorBar);
