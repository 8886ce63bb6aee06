namespace DeepNotes;

/// <summary>A marker shape: its plotly.js name, and its outline as an SVG path around a point.</summary>
internal sealed class Marker
{
    public static readonly Marker Circle = new("circle", []);
    public static readonly Marker Square = new("square", [(-0.45, -0.45), (0.45, -0.45), (0.45, 0.45), (-0.45, 0.45)]);
    public static readonly Marker Diamond = new("diamond", [(0, -0.62), (0.62, 0), (0, 0.62), (-0.62, 0)]);
    public static readonly Marker TriangleUp = new("triangle-up", [(0, -0.6), (0.58, 0.42), (-0.58, 0.42)]);
    public static readonly Marker TriangleDown = new("triangle-down", [(0, 0.6), (0.58, -0.42), (-0.58, -0.42)]);
    public static readonly Marker Cross = new("cross", Plus(1));
    public static readonly Marker X = new("x", Plus(Math.Sqrt(0.5)));

    private readonly (double X, double Y)[] _corners;

    private Marker(string plotlyName, (double X, double Y)[] corners)
    {
        PlotlyName = plotlyName;
        _corners = corners;
    }

    public string PlotlyName { get; }

    /// <summary>
    /// True for the circle, which is drawn as a zero-length stroke with round caps: a tenth of the bytes of an outline, and the
    /// only shape of most scatter charts.
    /// </summary>
    public bool IsRound => _corners.Length == 0;

    /// <summary>Adds this shape around a point to a path.</summary>
    public void AddTo(SvgPath path, double x, double y, double size)
    {
        if (IsRound)
        {
            path.Dot(x, y);
            return;
        }
        for (var i = 0; i < _corners.Length; i++)
        {
            var (dx, dy) = _corners[i];
            if (i == 0)
            {
                path.MoveTo(x + dx * size, y + dy * size);
            }
            else
            {
                path.LineTo(x + dx * size, y + dy * size);
            }
        }
        path.Close();
    }

    /// <summary>The twelve corners of a plus; a cosine of √½ rotates it by 45 degrees into an x.</summary>
    private static (double X, double Y)[] Plus(double cosine)
    {
        const double arm = 0.58, half = 0.19;
        (double X, double Y)[] upright =
        [
            (-half, -arm), (half, -arm), (half, -half), (arm, -half), (arm, half), (half, half),
            (half, arm), (-half, arm), (-half, half), (-arm, half), (-arm, -half), (-half, -half),
        ];
        var sine = Math.Sqrt(1 - cosine * cosine);
        return [.. upright.Select(p => (cosine * p.X - sine * p.Y, sine * p.X + cosine * p.Y))];
    }
}
