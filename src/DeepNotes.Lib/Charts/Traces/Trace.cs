using System.Text.Json.Nodes;

namespace DeepNotes;

/// <summary>
/// A trace of a chart with its data. Each subclass is one kind of trace: its data in plotly's schema, its SVG drawing, its
/// requirements on the axes, and its summary in words.
/// </summary>
internal abstract class Trace(string? name)
{
    /// <summary>The name in the legend.</summary>
    public string? Name { get; } = name;

    /// <summary>The given style; null properties follow from the palette.</summary>
    public GivenStyle Given { get; init; }

    /// <summary>Whether the trace takes a colour of the palette and a legend entry; otherwise, its colours follow from its values.</summary>
    public virtual bool TakesStyle => true;

    /// <summary>The categories on the x axis, which are shared with other traces of the panel.</summary>
    public virtual IReadOnlyList<string>? XCategories => null;

    /// <summary>Whether the x coordinates are dates or numbers; null for a trace without x coordinates.</summary>
    public virtual bool? XIsDate => null;

    /// <summary>Labels of the positions 0, 1, 2, … on the x axis; they may repeat.</summary>
    public virtual IReadOnlyList<string>? XLabels => null;

    /// <summary>Labels of the positions 0, 1, 2, … on the y axis; they may repeat.</summary>
    public virtual IReadOnlyList<string>? YLabels => null;

    /// <summary>Height over width of the plot, if the aspect ratio is fixed.</summary>
    public virtual double? Aspect => null;

    /// <summary>The preferred width in pixels of a plot with an <see cref="Aspect"/>.</summary>
    public virtual double PreferredWidth => 420;

    public virtual bool YIsDown => false;

    public virtual bool HidesAxes => false;

    /// <summary>Whether the axes of the other traces of the panel are hidden too.</summary>
    public virtual bool HidesAllAxes => false;

    /// <summary>Whether the SVG shows a line of text in place of the trace, which only plotly.js can draw.</summary>
    public virtual bool IsUndrawn => false;

    /// <summary>Whether the trace covers the plot, so that grid lines would be visible only through its gaps.</summary>
    public virtual bool FillsPlot => false;

    /// <summary>Whether the trace is three-dimensional in plotly.js; the SVG shows it from above.</summary>
    public virtual bool IsSpatial => false;

    /// <summary>Whether the trace fills the plot with shades of blue, so that no series of the figure should be blue.</summary>
    public virtual bool IsBlueField => false;

    public virtual ColorKey? ColorKey => null;

    public abstract Extent XExtent(bool log);

    public abstract Extent YExtent(bool log);

    /// <summary>
    /// The trace in plotly's schema, without name, axes and legend, which are common to all kinds; null for a trace that is part of
    /// the layout only.
    /// </summary>
    public abstract JsonObject? ToPlotly(PlotlyContext context);

    /// <summary>
    /// Annotations of the trace in plotly's layout, in data coordinates; one without x or y is at the right or at the upper end of
    /// the plot.
    /// </summary>
    public virtual IEnumerable<JsonObject> PlotlyAnnotations(PlotlyContext context) => [];

    /// <summary>
    /// Shapes of the trace in plotly's layout, in data coordinates; one without x or y extends across the whole plot.
    /// </summary>
    public virtual IEnumerable<JsonObject> PlotlyShapes(PlotlyContext context) => [];

    public abstract void Draw(SvgCanvas canvas, PlotArea area, TraceStyle style);

    /// <summary>Whether another trace of the same name takes precedence in the legend, as a line does over its band.</summary>
    public virtual bool YieldsKey => false;

    /// <summary>
    /// Whether the trace is part of plotly's layout, which plotly ignores when it computes axis ranges, so that the range must be
    /// given.
    /// </summary>
    public virtual bool NeedsOwnRange => false;

    /// <summary>The width of the sample in the legend.</summary>
    public virtual double KeyWidth => Style.MarkKeyWidth;

    /// <summary>Draws the sample in the legend, in a box as wide as <see cref="KeyWidth"/>.</summary>
    public virtual void DrawKey(SvgCanvas canvas, Box box, TraceStyle style) =>
        canvas.Rect(new(box.Left, box.Top + (box.Height - box.Width) / 2, box.Width, box.Width), style.Color, style.Hatch);

    /// <summary>A summary of kind, size and numbers in one line.</summary>
    public abstract string Summary(bool yIsLog);

    /// <summary>"train: " where the trace has a name.</summary>
    protected string Label => Name is null ? "" : Name + ": ";

    /// <summary>The first, last, smallest and largest value, and the number of gaps.</summary>
    protected static string Numbers(ReadOnlySpan<double> values, bool log)
    {
        var extent = Extent.Of(values, log);
        var missing = 0;
        foreach (var value in values)
        {
            missing += Extent.IsDrawable(value, log) ? 0 : 1;
        }
        var gaps = missing == 0 ? "" : $", {missing} {(log ? "not finite or not positive" : "not finite")}";
        return extent.IsEmpty
            ? "no finite values" + gaps
            : $"first {ShortNumber.Format(values[0])}, last {ShortNumber.Format(values[^1])}, "
                + $"min {ShortNumber.Format(extent.Min)}, max {ShortNumber.Format(extent.Max)}{gaps}";
    }
}
