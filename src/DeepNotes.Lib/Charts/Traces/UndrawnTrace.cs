using System.Text.Json.Nodes;

namespace DeepNotes;

/// <summary>
/// A trace of a figure that we read and do not draw: the interactive face shows it as it was given, the drawn one says
/// so in a line.
/// </summary>
/// <param name="kind">What it is, such as <c>pie</c>, and why it is not drawn where the kind alone does not say so.</param>
/// <param name="json">The trace as it was given; null for a part of another trace, such as its error bars.</param>
/// <param name="isSpatial">Stands in a space of three axes.</param>
/// <param name="line">How many such lines are above its own.</param>
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
