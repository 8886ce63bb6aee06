using System.Text.Json.Nodes;

namespace DeepNotes;

/// <summary>Lines of one colour and width between the parts of a drawing, with or without arrowheads.</summary>
internal sealed class EdgesTrace(
    double width, double height, IReadOnlyList<(double X, double Y)[]> edges, string color, double lineWidth,
    double opacity = 1, bool hasHeads = false)
    : DrawingTrace(width, height)
{
    private const double HeadLength = 8;
    private const double HeadWidth = 7;

    public override JsonObject? ToPlotly(PlotlyContext context)
    {
        var json = Scatter(hasHeads ? "lines+markers" : "lines", edges.Select(Shaft));
        json["line"] = new JsonObject { ["color"] = PlotlyFigure.Translucent(color, opacity), ["width"] = PlotlyNumbers.Number(lineWidth) };
        if (hasHeads)
        {
            // Arrowheads point down, like the edges of a layered drawing: older renderers cannot rotate a marker.
            json["marker"] = new JsonObject
            {
                ["symbol"] = "triangle-down",
                ["color"] = color,
                ["size"] = new JsonArray([.. edges.SelectMany(edge =>
                    Enumerable.Repeat(0, edge.Length - 1).Append((int)HeadLength).Append(0)).SkipLast(1).Select(size => JsonValue.Create(size))]),
                ["opacity"] = 1,
                ["line"] = new JsonObject { ["width"] = 0 },
            };
        }
        return json;
    }

    public override void Draw(SvgCanvas canvas, PlotArea area, TraceStyle style)
    {
        var unit = area.Box.Width / DrawingWidth;
        var (shafts, heads) = (new SvgPath(), new SvgPath());
        foreach (var edge in edges)
        {
            foreach (var (i, (x, y)) in Shaft(edge).Index())
            {
                _ = i == 0 ? shafts.MoveTo(area.X(x), area.Y(y)) : shafts.LineTo(area.X(x), area.Y(y));
            }
            if (hasHeads)
            {
                AddHead(heads, area, edge);
            }
        }
        canvas.Stroke(shafts, color, lineWidth * Math.Min(1, unit), opacity: opacity);
        canvas.Fill(heads, color);
    }

    /// <summary>The edge, shortened by its arrowhead.</summary>
    private IEnumerable<(double X, double Y)> Shaft((double X, double Y)[] edge)
    {
        if (!hasHeads)
        {
            return edge;
        }
        var (dx, dy) = Direction(edge);
        return edge.SkipLast(1).Append((edge[^1].X - dx * HeadLength / 2, edge[^1].Y - dy * HeadLength / 2));
    }

    private static void AddHead(SvgPath heads, PlotArea area, (double X, double Y)[] edge)
    {
        var (dx, dy) = Direction(edge);
        var (x, y) = edge[^1];
        var (baseX, baseY) = (x - dx * HeadLength, y - dy * HeadLength);
        heads.MoveTo(area.X(x), area.Y(y))
            .LineTo(area.X(baseX - dy * HeadWidth / 2), area.Y(baseY + dx * HeadWidth / 2))
            .LineTo(area.X(baseX + dy * HeadWidth / 2), area.Y(baseY - dx * HeadWidth / 2)).Close();
    }

    private static (double X, double Y) Direction((double X, double Y)[] edge)
    {
        var (dx, dy) = (edge[^1].X - edge[^2].X, edge[^1].Y - edge[^2].Y);
        var length = Math.Max(1e-9, Math.Sqrt(dx * dx + dy * dy));
        return (dx / length, dy / length);
    }
}
