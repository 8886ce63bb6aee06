using System.Text.Json.Nodes;

namespace DeepNotes;

public sealed partial record Chart
{
    /// <summary>Annotates a point with a text, by default with an arrow; on a grid, in each of its charts.</summary>
    /// <param name="x">The point's horizontal coordinate.</param>
    /// <param name="y">The point's vertical coordinate.</param>
    /// <param name="text">The text.</param>
    /// <param name="arrow">Whether to draw an arrow from the text to the point; otherwise the text is just above the point.</param>
    /// <param name="offset">
    /// The offset of the text from the point in pixels, to the right and up; by default towards the middle of the plot.
    /// </param>
    /// <exception cref="ArgumentException">A coordinate is not finite, or the text is empty.</exception>
    public Chart WithAnnotation(double x, double y, string text, bool arrow = true, (int Right, int Up)? offset = null) => HasParts
        ? OfParts(part => part.WithAnnotation(x, y, text, arrow, offset))
        : this with { Traces = Together("Chart.WithAnnotation", Traces.Add(new AnnotationTrace(x, y, text, arrow, offset))) };

    /// <summary>Annotates a point at a date.</summary>
    /// <inheritdoc cref="WithAnnotation(double, double, string, bool, ValueTuple{int, int}?)"/>
    public Chart WithAnnotation(DateTime x, double y, string text, bool arrow = true, (int Right, int Up)? offset = null) => HasParts
        ? OfParts(part => part.WithAnnotation(x, y, text, arrow, offset))
        : this with { Traces = Together("Chart.WithAnnotation", Traces.Add(new AnnotationTrace(DateNumber.Of(x), y, text, arrow, offset, xIsDate: true))) };
}

/// <summary>A text at a point, with or without an arrow.</summary>
internal sealed class AnnotationTrace : Trace
{
    private const double ArrowRight = 42;
    private const double ArrowUp = 34;
    private const double ArrowHead = 8;
    private const double Clearance = 6;

    private readonly double _x;
    private readonly double _y;
    private readonly bool _xIsDate;
    private readonly string _text;
    private readonly bool _hasArrow;
    private readonly (int Right, int Up)? _offset;

    public AnnotationTrace(double x, double y, string text, bool hasArrow, (int Right, int Up)? offset, bool xIsDate = false)
        : base(null)
    {
        const string operation = "Chart.WithAnnotation";
        Require.Place(operation, "x", x);
        Require.Place(operation, "y", y);
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        (_x, _y, _text, _hasArrow, _offset, _xIsDate) = (x, y, text, hasArrow, offset, xIsDate);
    }

    public override bool? XIsDate => _xIsDate;

    public override bool TakesStyle => false;

    public override bool HidesAxes => true;

    public override bool NeedsOwnRange => true;

    public override Extent XExtent(bool log) => Extent.Of([_x], log) with { IsIntegral = true };

    public override Extent YExtent(bool log) => Extent.Of([_y], log) with { IsIntegral = true };

    public override JsonObject? ToPlotly(PlotlyContext context) => null;

    public override IEnumerable<JsonObject> PlotlyAnnotations(PlotlyContext context)
    {
        if (!Extent.IsDrawable(_x, context.LogX) || !Extent.IsDrawable(_y, context.LogY))
        {
            yield break;
        }
        var (right, up) = Offset(context.Panel);
        var note = new JsonObject
        {
            ["text"] = PlotlyText.Escape(_text),
            ["x"] = context.XOfNote(_x),
            ["y"] = PlotlyContext.Place(_y, context.LogY),
            ["showarrow"] = _hasArrow,
        };
        if (_hasArrow)
        {
            note["ax"] = PlotlyNumbers.Number(right);
            note["ay"] = PlotlyNumbers.Number(-up);
            note["xanchor"] = right < 0 ? "right" : "left";
            note["arrowhead"] = 2;
            note["arrowwidth"] = 1.3;
            note["standoff"] = Clearance;
            note["arrowcolor"] = Style.ReferenceColor;
        }
        else
        {
            note["xshift"] = PlotlyNumbers.Number(right);
            note["yshift"] = PlotlyNumbers.Number(up);
        }
        yield return note;
    }

    public override void Draw(SvgCanvas canvas, PlotArea area, TraceStyle style)
    {
        var (x, y) = (area.X(_x), area.Y(_y));
        if (!double.IsFinite(x + y))
        {
            return;
        }
        var (right, up) = Offset(area.Panel);
        // Above the highest point of the upper panels the figure may end.
        var (textX, textY) = (x + right, Math.Max(y - up, Style.LabelSize));
        if (_hasArrow)
        {
            DrawArrow(canvas, textX, textY, x, y);
        }
        var anchor = !_hasArrow ? Anchor.Middle : right < 0 ? Anchor.End : Anchor.Start;
        var gap = anchor switch { Anchor.Start => 4, Anchor.End => -4, _ => 0 };
        canvas.Text(textX + gap, textY + Style.LabelSize * 0.36, _text, Style.LabelSize, Style.TitleColor, anchor, hasHalo: true);
    }

    public override string Summary(bool yIsLog) =>
        $"note at ({(_xIsDate ? DateNumber.Text(_x) : ShortNumber.Format(_x))}, {ShortNumber.Format(_y)}): {_text}";

    /// <summary>The given offset, or else one towards the middle of the plot, where there is space for the text.</summary>
    private (double Right, double Up) Offset(Panel panel)
    {
        if (_offset is var (right, up))
        {
            return (right, up);
        }
        if (!_hasArrow)
        {
            return (0, Style.LabelSize);
        }
        var isUpper = panel.Y.Fraction(_y) > 0.6 != panel.YIsDown;
        return (panel.X.Fraction(_x) > 0.6 ? -ArrowRight : ArrowRight, isUpper ? -ArrowUp : ArrowUp);
    }

    private static void DrawArrow(SvgCanvas canvas, double fromX, double fromY, double x, double y)
    {
        var length = Math.Sqrt((x - fromX) * (x - fromX) + (y - fromY) * (y - fromY));
        if (length <= Clearance + ArrowHead)
        {
            return;
        }
        var (dx, dy) = ((x - fromX) / length, (y - fromY) / length);
        var (tipX, tipY) = (x - dx * Clearance, y - dy * Clearance);
        var (baseX, baseY) = (tipX - dx * ArrowHead, tipY - dy * ArrowHead);
        canvas.Line(fromX, fromY, baseX, baseY, Style.ReferenceColor, 1.3);
        var head = new SvgPath();
        head.MoveTo(tipX, tipY)
            .LineTo(baseX - dy * ArrowHead * 0.4, baseY + dx * ArrowHead * 0.4)
            .LineTo(baseX + dy * ArrowHead * 0.4, baseY - dx * ArrowHead * 0.4).Close();
        canvas.Fill(head, Style.ReferenceColor);
    }
}
