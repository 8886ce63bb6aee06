using System.Text.Json.Nodes;

namespace DeepNotes;

public sealed partial record Chart
{
    /// <summary>Adds a dashed vertical line across the plot, for instance at the epoch of early stopping; on a grid, in each chart.</summary>
    /// <param name="x">The position of the line.</param>
    /// <param name="label">A text at its upper end.</param>
    /// <exception cref="ArgumentException"><paramref name="x"/> is not finite.</exception>
    public Chart WithVerticalLine(double x, string? label = null) => HasParts
        ? OfParts(part => part.WithVerticalLine(x, label))
        : this with { Traces = Together("Chart.WithVerticalLine", Traces.Add(new ReferenceTrace("Chart.WithVerticalLine", x, isVertical: true, label))) };

    /// <summary>Adds a dashed vertical line at a date; on a grid, in each chart.</summary>
    /// <param name="x">The position of the line.</param>
    /// <param name="label">A text at its upper end.</param>
    public Chart WithVerticalLine(DateTime x, string? label = null) => HasParts
        ? OfParts(part => part.WithVerticalLine(x, label))
        : this with { Traces = Together("Chart.WithVerticalLine", Traces.Add(new ReferenceTrace("Chart.WithVerticalLine", DateNumber.Of(x), isVertical: true, label, isDate: true))) };

    /// <summary>Adds a dashed horizontal line across the plot, for instance at the accuracy of chance; on a grid, in each chart.</summary>
    /// <param name="y">The position of the line.</param>
    /// <param name="label">A text at its right end.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> is not finite.</exception>
    public Chart WithHorizontalLine(double y, string? label = null) => HasParts
        ? OfParts(part => part.WithHorizontalLine(y, label))
        : this with { Traces = Together("Chart.WithHorizontalLine", Traces.Add(new ReferenceTrace("Chart.WithHorizontalLine", y, isVertical: false, label))) };
}

/// <summary>A reference line across the plot at one value of an axis.</summary>
internal sealed class ReferenceTrace : Trace
{
    private const double Width = 1.4;
    private const double LabelGap = 5;

    private static readonly Dash Dashes = new("dash", "6 4");

    private readonly double _value;
    private readonly bool _isVertical;
    private readonly bool _isDate;
    private readonly string? _label;

    public ReferenceTrace(string operation, double value, bool isVertical, string? label, bool isDate = false)
        : base(null)
    {
        Require.Place(operation, isVertical ? "x" : "y", value);
        (_value, _isVertical, _label, _isDate) = (value, isVertical, label, isDate);
    }

    public override bool? XIsDate => _isVertical ? _isDate : null;

    public override bool TakesStyle => false;

    public override bool HidesAxes => true;

    public override bool NeedsOwnRange => true;

    public override Extent XExtent(bool log) => _isVertical ? Extent.Of([_value], log) with { IsIntegral = true } : Extent.Empty;

    public override Extent YExtent(bool log) => _isVertical ? Extent.Empty : Extent.Of([_value], log) with { IsIntegral = true };

    public override JsonObject? ToPlotly(PlotlyContext context) => null;

    public override IEnumerable<JsonObject> PlotlyShapes(PlotlyContext context)
    {
        if (IsDrawable(context.Panel))
        {
            var (from, to) = _isVertical ? ("x0", "x1") : ("y0", "y1");
            yield return new()
            {
                ["type"] = "line",
                [from] = _isVertical ? context.XOfShape(_value) : PlotlyNumbers.Number(_value),
                [to] = _isVertical ? context.XOfShape(_value) : PlotlyNumbers.Number(_value),
                ["line"] = new JsonObject
                {
                    ["color"] = Style.ReferenceColor,
                    ["width"] = Width,
                    ["dash"] = Dashes.PlotlyName,
                },
            };
        }
    }

    public override IEnumerable<JsonObject> PlotlyAnnotations(PlotlyContext context)
    {
        if (_label is not null && IsDrawable(context.Panel))
        {
            var isLeft = IsLeft(context.Panel);
            yield return new()
            {
                ["text"] = PlotlyText.Escape(_label),
                [_isVertical ? "x" : "y"] = _isVertical ? context.XOfNote(_value) : PlotlyContext.Place(_value, context.LogY),
                ["showarrow"] = false,
                ["xanchor"] = isLeft ? "right" : "left",
                ["xshift"] = isLeft ? -LabelGap : LabelGap,
                ["yanchor"] = _isVertical ? "top" : "bottom",
            };
        }
    }

    public override void Draw(SvgCanvas canvas, PlotArea area, TraceStyle style)
    {
        if (!IsDrawable(area.Panel))
        {
            return;
        }
        var box = area.Box;
        var (x, y) = (_isVertical ? area.X(_value) : box.Right, _isVertical ? box.Top : area.Y(_value));
        canvas.Line(_isVertical ? x : box.Left, y, x, _isVertical ? box.Bottom : y, Style.ReferenceColor, Width, Dashes.Svg);
        if (_label is not null)
        {
            var isLeft = IsLeft(area.Panel);
            canvas.Text(
                isLeft ? x - LabelGap : x + LabelGap, _isVertical ? y + Style.LabelSize : y - LabelGap,
                _label, Style.LabelSize, Style.TitleColor, isLeft ? Anchor.End : Anchor.Start, hasHalo: true);
        }
    }

    public override string Summary(bool yIsLog) =>
        $"{(_isVertical ? "vertical line at x" : "horizontal line at y")} = {(_isDate ? DateNumber.Text(_value) : ShortNumber.Format(_value))}"
        + (_label is null ? "" : ": " + _label);

    private bool IsDrawable(Panel panel) =>
        Extent.IsDrawable(_value, _isVertical ? panel.Chart.XAxis.IsLog : panel.Chart.YAxis.IsLog);

    /// <summary>Whether the label is to the left: of the right end of a horizontal line, or of a vertical line without space on its right.</summary>
    private bool IsLeft(Panel panel) => !_isVertical || panel.X.Fraction(_value) > 0.6;
}
