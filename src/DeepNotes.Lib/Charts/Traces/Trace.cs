using System.Text.Json.Nodes;

namespace DeepNotes;

/// <summary>
/// One kind of mark with its data. A subclass is a whole kind of chart: its data in plotly's schema, its drawing,
/// what it needs of the axes, and its words.
/// </summary>
internal abstract class Trace(string? name)
{
    /// <summary>The name in the legend.</summary>
    public string? Name { get; } = name;

    /// <summary>Looks that a figure brings along; what it leaves open follows from the palette.</summary>
    public GivenStyle Given { get; init; }

    /// <summary>Takes a colour of the palette and an entry of the legend; otherwise colours follow from the values.</summary>
    public virtual bool TakesStyle => true;

    /// <summary>Places on the x axis by name, shared with the other traces of the axes.</summary>
    public virtual IReadOnlyList<string>? XCategories => null;

    /// <summary>Whether its places on the x axis are dates, or numbers; null where it has none of its own.</summary>
    public virtual bool? XIsDate => null;

    /// <summary>Labels of the places 0, 1, 2, … on the x axis; they may repeat.</summary>
    public virtual IReadOnlyList<string>? XLabels => null;

    /// <summary>Labels of the places 0, 1, 2, … on the y axis; they may repeat.</summary>
    public virtual IReadOnlyList<string>? YLabels => null;

    /// <summary>Height over width of the plot, where units must be equally long both ways.</summary>
    public virtual double? Aspect => null;

    /// <summary>The width in pixels at which a plot with an <see cref="Aspect"/> looks best.</summary>
    public virtual double PreferredWidth => 420;

    public virtual bool YIsDown => false;

    public virtual bool HidesAxes => false;

    /// <summary>Hides the axes of the traces beside it too.</summary>
    public virtual bool HidesAllAxes => false;

    /// <summary>Is a line of text in the drawn face, in the place of what only the interactive one shows.</summary>
    public virtual bool IsUndrawn => false;

    /// <summary>Covers the plot, so that grid lines would only show through its gaps.</summary>
    public virtual bool FillsPlot => false;

    /// <summary>Has three axes in plotly's face; the drawn face shows it from above.</summary>
    public virtual bool IsSpatial => false;

    /// <summary>Has the blue of the palette all over, so that no series of the figure should take it.</summary>
    public virtual bool IsBlueField => false;

    public virtual ColorKey? ColorKey => null;

    public abstract Extent XExtent(bool log);

    public abstract Extent YExtent(bool log);

    /// <summary>
    /// The trace as plotly.js wants it, without name, axes and legend, which are the same for all kinds; null where it
    /// stands in the layout alone.
    /// </summary>
    public abstract JsonObject? ToPlotly(PlotlyContext context);

    /// <summary>
    /// Annotations of plotly's layout that belong to the trace, in data coordinates; one without an x or a y stands at
    /// the right or at the upper end of the plot.
    /// </summary>
    public virtual IEnumerable<JsonObject> PlotlyAnnotations(PlotlyContext context) => [];

    /// <summary>
    /// Shapes of plotly's layout that belong to the trace, in data coordinates; one without an x or a y reaches from
    /// end to end of the plot.
    /// </summary>
    public virtual IEnumerable<JsonObject> PlotlyShapes(PlotlyContext context) => [];

    public abstract void Draw(SvgCanvas canvas, PlotArea area, TraceStyle style);

    /// <summary>Leaves the entry of the legend to another trace of its name, as a band does to its line.</summary>
    public virtual bool YieldsKey => false;

    /// <summary>
    /// Stands in plotly's layout, by which plotly does not choose its axes: both faces then take the ends that we choose.
    /// </summary>
    public virtual bool NeedsOwnRange => false;

    /// <summary>The width of the sample in the legend.</summary>
    public virtual double KeyWidth => Style.MarkKeyWidth;

    /// <summary>Draws the sample in the legend, in a box as wide as <see cref="KeyWidth"/>.</summary>
    public virtual void DrawKey(SvgCanvas canvas, Box box, TraceStyle style) =>
        canvas.Rect(new(box.Left, box.Top + (box.Height - box.Width) / 2, box.Width, box.Width), style.Color, style.Hatch);

    /// <summary>Kind, size and the numbers in short, in one line.</summary>
    public abstract string Summary(bool yIsLog);

    /// <summary>"train: " where the trace has a name.</summary>
    protected string Label => Name is null ? "" : Name + ": ";

    /// <summary>First, last, least and greatest, and how many values have no place.</summary>
    protected static string Numbers(ReadOnlySpan<double> values, bool log)
    {
        var extent = Extent.Of(values, log);
        var missing = 0;
        foreach (var value in values)
        {
            missing += Extent.HasPlace(value, log) ? 0 : 1;
        }
        var gaps = missing == 0 ? "" : $", {missing} {(log ? "not finite or not positive" : "not finite")}";
        return extent.IsEmpty
            ? "no finite values" + gaps
            : $"first {ShortNumber.Format(values[0])}, last {ShortNumber.Format(values[^1])}, "
                + $"min {ShortNumber.Format(extent.Min)}, max {ShortNumber.Format(extent.Max)}{gaps}";
    }
}
