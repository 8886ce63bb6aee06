namespace DeepNotes;

/// <summary>Draws the same marker at many points as one path.</summary>
internal static class Markers
{
    /// <summary>From this number of points on, points at an occupied pixel are omitted.</summary>
    private const int Crowd = 2000;

    public static void Draw(
        SvgCanvas canvas, IReadOnlyList<(double X, double Y)> points, TraceStyle style, double opacity,
        bool isOverField = false)
    {
        var path = new SvgPath();
        var taken = new HashSet<(int, int)>();
        foreach (var (x, y) in points)
        {
            var isHidden = !(double.IsFinite(x) && double.IsFinite(y))
                || (points.Count >= Crowd && !taken.Add(((int)Math.Round(x), (int)Math.Round(y))));
            if (!isHidden)
            {
                style.Marker.AddTo(path, x, y, Style.MarkerSize);
            }
        }
        if (isOverField)
        {
            // A white outline separates the markers from a heat map of the same colours.
            canvas.Stroke(path, Style.Ground, style.Marker.IsRound ? Style.MarkerSize + 2.4 : 2.4, isRound: true);
        }
        if (style.Marker.IsRound)
        {
            canvas.Stroke(path, style.Color, Style.MarkerSize, isRound: true, opacity: opacity);
        }
        else
        {
            canvas.Fill(path, style.Color, opacity);
        }
    }
}
