using System.Text.Json.Nodes;

namespace DeepNotes;

/// <summary>
/// A trace of an imported figure that SVG does not support: plotly.js shows it as given, the SVG a line of text.
/// </summary>
/// <param name="kind">The kind of trace, such as <c>pie</c>, with the reason if it is not the kind.</param>
/// <param name="json">The trace as given; null for a part of another trace, such as its error bars.</param>
/// <param name="isSpatial">Whether the trace is three-dimensional.</param>
/// <param name="line">The index of its line of text.</param>
internal sealed class UndrawnTrace(string kind, JsonObject? json, bool isSpatial, int line) : Trace(null)
{
    public override bool TakesStyle => false;

    public override bool HidesAxes => true;

    public override bool IsSpatial => isSpatial;

    public override bool IsUndrawn => true;

    public override Extent XExtent(bool log) => Extent.Empty;

    public override Extent YExtent(bool log) => Extent.Empty;

    public override JsonObject? ToPlotly(PlotlyContext context) => json?.DeepClone().AsObject();

    public override void Draw(SvgCanvas canvas, PlotArea area, TraceStyle style)
    {
        const double inset = 8;
        canvas.Text(
            area.Box.Left + inset, area.Box.Top + inset + (line + 1) * Style.LabelSize * Style.LineHeight, Words, Style.LabelSize,
            Style.SubtitleColor, hasHalo: true);
    }

    public override string Summary(bool yIsLog) => Words;

    private string Words => $"{kind}: shown in the interactive figure only";
}
