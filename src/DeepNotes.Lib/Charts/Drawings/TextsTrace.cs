using System.Text.Json.Nodes;

namespace DeepNotes;

/// <summary>The texts of a drawing, each centred at its position, and the summary of the drawing.</summary>
internal sealed class TextsTrace(
    double width, double height, IReadOnlyList<(double X, double Y, string Text)> texts, double size, string summary)
    : DrawingTrace(width, height)
{
    public override JsonObject? ToPlotly(PlotlyContext context)
    {
        var json = Scatter("text", [texts.Select(text => (text.X, text.Y))]);
        json["text"] = PlotlyFigure.Strings(texts.Select(text => text.Text));
        json["textposition"] = "middle center";
        json["textfont"] = new JsonObject { ["size"] = PlotlyNumbers.Number(size) };
        return json;
    }

    public override void Draw(SvgCanvas canvas, PlotArea area, TraceStyle style)
    {
        var drawn = size * Math.Min(1, area.Box.Width / DrawingWidth);
        foreach (var (x, y, text) in texts)
        {
            canvas.Text(area.X(x), area.Y(y) + drawn * 0.36, text, drawn, Style.TextColor, Anchor.Middle);
        }
    }

    public override string Summary(bool yIsLog) => summary;
}
