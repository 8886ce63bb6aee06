using System.Text.Json.Nodes;

namespace DeepNotes;

/// <summary>Closed outlines of one colour: the circles and boxes of a drawing.</summary>
internal sealed class OutlinesTrace(
    double width, double height, IReadOnlyList<(double X, double Y)[]> outlines, string color)
    : DrawingTrace(width, height)
{
    private const double Opacity = 0.2;
    private const int CircleCorners = 24;

    public static (double X, double Y)[] Circle(double x, double y, double radius) =>
        [.. Enumerable.Range(0, CircleCorners).Select(i => Math.SinCos(2 * Math.PI * i / CircleCorners))
            .Select(angle => (x + radius * angle.Cos, y + radius * angle.Sin))];

    public static (double X, double Y)[] Box(double x, double y, double width, double height) =>
    [
        (x - width / 2, y - height / 2), (x + width / 2, y - height / 2),
        (x + width / 2, y + height / 2), (x - width / 2, y + height / 2),
    ];

    public override JsonObject? ToPlotly(PlotlyContext context)
    {
        var json = Scatter("lines", outlines.Select(outline => outline.Append(outline[0])));
        json["fill"] = "toself";
        json["fillcolor"] = PlotlyFigure.Translucent(color, Opacity);
        json["line"] = new JsonObject { ["color"] = color, ["width"] = Style.OutlineWidth };
        return json;
    }

    public override void Draw(SvgCanvas canvas, PlotArea area, TraceStyle style)
    {
        var path = new SvgPath();
        foreach (var outline in outlines)
        {
            foreach (var (i, (x, y)) in outline.Index())
            {
                _ = i == 0 ? path.MoveTo(area.X(x), area.Y(y)) : path.LineTo(area.X(x), area.Y(y));
            }
            path.Close();
        }
        canvas.Fill(path, color, Opacity);
        canvas.Stroke(path, color, Style.OutlineWidth);
    }
}
