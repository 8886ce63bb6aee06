namespace DeepNotes;

/// <summary>
/// Ten shapes of radius 1 about the origin, each as a signed distance function, negative inside; min is the union, max the
/// intersection.
/// </summary>
internal static class ShapeDistances
{
    public static readonly (string Name, Func<double, double, double> Distance)[] All =
    [
        ("disc", (x, y) => Disc(x, y)),
        ("ring", (x, y) => Math.Abs(Disc(x, y) + 0.25) - 0.25),
        ("half disc", (x, y) => Math.Max(Disc(x, y - 0.4), y - 0.4)),
        ("crescent", (x, y) => Math.Max(Disc(x, y), -0.2 - Disc(x - 0.5, y))),
        ("pair", (x, y) => Math.Min(Disc(x - 0.6, y), Disc(x + 0.6, y)) + 0.55),
        ("triangle", (x, y) => Polygon(3, x, y)),
        ("square", (x, y) => Polygon(4, x, y)),
        ("bar", (x, y) => Box(x, y, 1, 0.3)),
        ("cross", (x, y) => Math.Min(Box(x, y, 1, 0.3), Box(x, y, 0.3, 1))),
        ("star", Star),
    ];

    private static double Disc(double x, double y) => Math.Sqrt(x * x + y * y) - 1;

    private static double Box(double x, double y, double halfWidth, double halfHeight) =>
        Math.Max(Math.Abs(x) - halfWidth, Math.Abs(y) - halfHeight);

    private static double Polygon(int sides, double x, double y) =>
        Enumerable.Range(0, sides).Max(side => Along(x, y, 2 * Math.PI * side / sides)) - Math.Cos(Math.PI / sides);

    private static double Along(double x, double y, double angle) => x * Math.Cos(angle) + y * Math.Sin(angle);

    /// <summary>A star of five points: by symmetry, the distance from the edge of half a point, from its tip (1, 0) to radius 0.45.</summary>
    private static double Star(double x, double y)
    {
        const double inner = 0.45;
        const double half = Math.PI / 5;
        var (radius, angle) = (Math.Sqrt(x * x + y * y), Math.Atan2(y, x));
        var folded = Math.Abs(angle - 2 * half * Math.Round(angle / (2 * half)));
        var (u, v) = (radius * Math.Cos(folded), radius * Math.Sin(folded));
        var (edgeX, edgeY) = (inner * Math.Cos(half) - 1, inner * Math.Sin(half));
        return (edgeY * (u - 1) - edgeX * v) / Math.Sqrt(edgeX * edgeX + edgeY * edgeY);
    }
}
