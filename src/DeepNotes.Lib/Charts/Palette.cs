namespace DeepNotes;

/// <summary>The style that distinguishes a trace: colour, and dash, marker or hatching for greyscale print.</summary>
internal readonly record struct TraceStyle(
    string Color, Dash Dash, Marker Marker, Hatch Hatch, double Width = Style.StrokeWidth, double Opacity = 1);

/// <summary>The given style of a trace; null for what follows from the palette.</summary>
internal readonly record struct GivenStyle(string? Color = null, Dash? Dash = null, Marker? Marker = null, double? Width = null, double? Opacity = null)
{
    public TraceStyle Over(TraceStyle style) => style with
    {
        Color = Color ?? style.Color,
        Dash = Dash ?? style.Dash,
        Marker = Marker ?? style.Marker,
        Width = Width ?? style.Width,
        Opacity = Opacity ?? style.Opacity,
    };
}

/// <summary>A dash pattern: its plotly.js name and its SVG lengths (null for a solid line).</summary>
internal readonly record struct Dash(string PlotlyName, string? Svg);

/// <summary>Stripes on a bar: their plotly.js name and their angle in the drawing (null for a plain bar).</summary>
internal readonly record struct Hatch(string PlotlyName, int? Angle);

/// <summary>
/// The colours of traces: the palette of Okabe and Ito (Color Universal Design, 2008), which is distinguishable with any kind
/// of colour vision, without its yellow, which is too faint on white, and with a brown and a grey that are visible on both
/// light and dark backgrounds.
/// </summary>
internal static class Palette
{
    public const string Blue = "#0072b2";
    public const string Vermilion = "#d55e00";
    public const string Grey = "#7f7f7f";

    private static readonly string[] Colors =
        [Blue, Vermilion, "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c6239", Grey];

    private static readonly Dash[] Dashes =
    [
        new("solid", null), new("dash", "9 5"), new("dot", "2.2 4"), new("dashdot", "9 4 2.2 4"),
        new("longdash", "15 5"), new("longdashdot", "15 4 2.2 4"),
    ];

    private static readonly Marker[] Markers =
    [
        Marker.Circle, Marker.Square, Marker.Diamond, Marker.TriangleUp, Marker.Cross, Marker.TriangleDown, Marker.X,
    ];

    private static readonly Hatch[] Hatches = [new("", null), new("/", 45), new("\\", -45), new("|", 0), new("-", 90)];

    /// <summary>
    /// The style of the <paramref name="slot"/>-th series of a figure; colours, dashes, markers and hatchings repeat with
    /// different periods. Over a blue heat map, colours begin after the blue.
    /// </summary>
    public static TraceStyle At(int slot, bool isOverBlue = false) => new(
        Colors[(isOverBlue ? slot + 1 : slot) % Colors.Length], Dashes[slot % Dashes.Length], Markers[slot % Markers.Length],
        Hatches[slot % Hatches.Length]);

    /// <summary>The dash pattern with a plotly.js name; null if there is none.</summary>
    public static Dash? DashOf(string? plotlyName) => Array.FindIndex(Dashes, dash => dash.PlotlyName == plotlyName) is >= 0 and var index ? Dashes[index] : null;

    /// <summary>The marker with a plotly.js name; null if there is none.</summary>
    public static Marker? MarkerOf(string? plotlyName) => Array.Find(Markers, marker => marker.PlotlyName == plotlyName);
}
