using System.Text.Json.Nodes;

namespace DeepNotes;

/// <summary>A part of a drawing without axes, in pixels from the drawing's upper left corner.</summary>
internal abstract class DrawingTrace(double width, double height) : Trace(null)
{
    protected double DrawingWidth { get; } = width;

    public override bool TakesStyle => false;

    public override bool HidesAxes => true;

    public override bool FillsPlot => true;

    public override bool YIsDown => true;

    public override double? Aspect => height / DrawingWidth;

    public override double PreferredWidth => DrawingWidth;

    public override Extent XExtent(bool log) => new(0, DrawingWidth, IsIntegral: false, IsTight: true);

    public override Extent YExtent(bool log) => new(0, height, IsIntegral: false, IsTight: true);

    /// <summary>Empty: the texts of a drawing summarise all its parts.</summary>
    public override string Summary(bool yIsLog) => "";

    /// <summary>Groups of points as a scatter trace, separated by gaps.</summary>
    protected static JsonObject Scatter(string mode, IEnumerable<IEnumerable<(double X, double Y)>> groups)
    {
        var points = groups.SelectMany(group => group.Append((X: double.NaN, Y: double.NaN))).SkipLast(1).ToArray();
        return new()
        {
            ["type"] = "scatter",
            ["mode"] = mode,
            ["x"] = PlotlyNumbers.Array([.. points.Select(point => Math.Round(point.X, 1))]),
            ["y"] = PlotlyNumbers.Array([.. points.Select(point => Math.Round(point.Y, 1))]),
            ["hoverinfo"] = "skip",
        };
    }
}
