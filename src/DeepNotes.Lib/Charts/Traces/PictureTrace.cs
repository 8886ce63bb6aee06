using System.Text.Json.Nodes;

namespace DeepNotes;

/// <summary>A given image; each pixel is one unit of both axes.</summary>
/// <param name="source">The image as a data URI.</param>
/// <param name="width">The width in pixels.</param>
/// <param name="height">The height in pixels.</param>
/// <param name="left">The position of the left edge on the x axis.</param>
/// <param name="top">The position of the upper edge on the y axis, which points down.</param>
internal sealed class PictureTrace(string source, int width, int height, double left, double top) : Trace(null)
{
    private const double PixelSize = 2.5;
    private const double SmallestWidth = 160;

    public override bool TakesStyle => false;

    public override double? Aspect => height / (double)width;

    public override double PreferredWidth => Math.Clamp(PixelSize * width, SmallestWidth, Style.FigureWidth - 2 * Style.Margin);

    public override bool YIsDown => true;

    public override bool HidesAxes => true;

    public override bool FillsPlot => true;

    public override Extent XExtent(bool log) => new(left, left + width, IsIntegral: true, IsTight: true);

    public override Extent YExtent(bool log) => new(top, top + height, IsIntegral: true, IsTight: true);

    public override JsonObject ToPlotly(PlotlyContext context) => new()
    {
        ["type"] = "image",
        ["source"] = source,
        ["x0"] = left + 0.5,
        ["y0"] = top + 0.5,
        ["hoverinfo"] = "skip",
    };

    public override void Draw(SvgCanvas canvas, PlotArea area, TraceStyle style) => canvas.Image(
        Box.FromEdges(area.X(left), area.Y(top), area.X(left + width), area.Y(top + height)), source);

    public override string Summary(bool yIsLog) => $"picture of {height} × {width} pixels";
}
