using System.Text.Json.Nodes;

namespace DeepNotes;

/// <summary>
/// Properties of the axes of a figure other than title, range and scale: tick labels, direction, visibility, aspect ratio.
/// It draws nothing and applies to all traces of the panel.
/// </summary>
internal sealed class AxesTrace(IReadOnlyList<string>? xLabels, IReadOnlyList<string>? yLabels, bool yIsDown, bool areHidden, double? aspect)
    : Trace(null)
{
    public override bool TakesStyle => false;

    public override bool HidesAxes => true;

    public override bool HidesAllAxes => areHidden;

    public override IReadOnlyList<string>? XLabels => xLabels;

    public override IReadOnlyList<string>? YLabels => yLabels;

    public override bool YIsDown => yIsDown;

    public override double? Aspect => aspect;

    public override Extent XExtent(bool log) => Extent.Empty;

    public override Extent YExtent(bool log) => Extent.Empty;

    public override JsonObject? ToPlotly(PlotlyContext context) => null;

    public override void Draw(SvgCanvas canvas, PlotArea area, TraceStyle style)
    {
    }

    public override string Summary(bool yIsLog) => "";
}
