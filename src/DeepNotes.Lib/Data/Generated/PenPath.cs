namespace DeepNotes;

/// <summary>A handwritten glyph as pen positions, with random variations: jitter, slant, rotation, distortion.</summary>
/// <remarks>
/// Computed with + − × ÷ and square roots alone, for which IEEE 754 prescribes the rounding: the same seed gives the same
/// digits on every machine.
/// </remarks>
internal sealed class PenPath
{
    private const int SamplesPerCurve = 6;
    private const double PointJitter = 3.1;
    private const double SlantMean = 0.12;
    private const double SlantSpread = 0.25;
    private const double RotationSpread = 0.09;
    private const double AspectMean = 0.84;
    private const double AspectSpread = 0.155;
    private const double DistortionSpread = 5.6;
    private const int DistortionGrid = 4;

    private PenPath(List<(double X, double Y)[]> strokes) => Strokes = strokes;

    /// <summary>Points along each stroke, in hundredths of the height of the template.</summary>
    public List<(double X, double Y)[]> Strokes { get; }

    /// <summary>Creates a random variation of the style.</summary>
    public static PenPath Write(DigitStyle style, Generator generator)
    {
        var path = new PenPath([.. style.Strokes.Select(stroke => Sample(Jitter(stroke, generator)))]);
        path.Distort(generator);
        path.TransformAffine(generator);
        return path;
    }

    /// <summary>An approximately standard normal number within ±3: 2·(u₁ + u₂ + u₃ - 1.5) of three uniform numbers, without transcendental functions.</summary>
    public static double ApproximateNormal(Generator generator) =>
        2 * (generator.NextDouble() + generator.NextDouble() + generator.NextDouble() - 1.5);

    private static PathPoint[] Jitter(PathPoint[] stroke, Generator generator) =>
        [
            .. stroke.Select(p => p with
            {
                X = p.X + PointJitter * ApproximateNormal(generator),
                Y = p.Y + PointJitter * ApproximateNormal(generator),
            }),
        ];

    /// <summary>Cubic Hermite curves through the points (Catmull-Rom tangents, none at corners).</summary>
    private static (double X, double Y)[] Sample(PathPoint[] points)
    {
        var samples = new List<(double, double)>(points.Length * SamplesPerCurve);
        for (var i = 0; i + 1 < points.Length; i++)
        {
            var (from, to) = (points[i], points[i + 1]);
            var (leave, arrive) = (Tangent(points, i), Tangent(points, i + 1));
            for (var k = i == 0 ? 0 : 1; k <= SamplesPerCurve; k++)
            {
                var t = (double)k / SamplesPerCurve;
                var (t2, t3) = (t * t, t * t * t);
                var (a, b, c, d) = (2 * t3 - 3 * t2 + 1, t3 - 2 * t2 + t, 3 * t2 - 2 * t3, t3 - t2);
                samples.Add((
                    a * from.X + b * leave.X + c * to.X + d * arrive.X,
                    a * from.Y + b * leave.Y + c * to.Y + d * arrive.Y));
            }
        }

        return [.. samples];
    }

    private static (double X, double Y) Tangent(PathPoint[] points, int i)
    {
        if (points[i].IsCorner)
        {
            return (0, 0);
        }

        var (before, after) = (points[Math.Max(0, i - 1)], points[Math.Min(i + 1, points.Length - 1)]);
        return ((after.X - before.X) / 2, (after.Y - before.Y) / 2);
    }

    /// <summary>Elastic distortion: random displacements on a coarse grid, interpolated bilinearly.</summary>
    private void Distort(Generator generator)
    {
        var field = new (double X, double Y)[DistortionGrid * DistortionGrid];
        for (var i = 0; i < field.Length; i++)
        {
            field[i] = (DistortionSpread * ApproximateNormal(generator), DistortionSpread * ApproximateNormal(generator));
        }

        Map((x, y) =>
        {
            var (column, u) = Cell(x);
            var (row, v) = Cell(y);
            var corner = row * DistortionGrid + column;
            var (a, b) = (field[corner], field[corner + 1]);
            var (c, d) = (field[corner + DistortionGrid], field[corner + DistortionGrid + 1]);
            return (x + (1 - v) * ((1 - u) * a.X + u * b.X) + v * ((1 - u) * c.X + u * d.X),
                    y + (1 - v) * ((1 - u) * a.Y + u * b.Y) + v * ((1 - u) * c.Y + u * d.Y));
        });
    }

    private static (int Index, double Fraction) Cell(double coordinate)
    {
        var position = Math.Clamp(coordinate / 100 * (DistortionGrid - 1), 0, DistortionGrid - 1);
        var index = Math.Min((int)position, DistortionGrid - 2);
        return (index, position - index);
    }

    /// <summary>Random aspect ratio, slant and rotation.</summary>
    private void TransformAffine(Generator generator)
    {
        var aspect = Math.Max(0.4, AspectMean + AspectSpread * ApproximateNormal(generator));
        var slant = SlantMean + SlantSpread * ApproximateNormal(generator);
        var halfTangent = RotationSpread / 2 * ApproximateNormal(generator);
        var cosine = (1 - halfTangent * halfTangent) / (1 + halfTangent * halfTangent);
        var sine = 2 * halfTangent / (1 + halfTangent * halfTangent);
        Map((x, y) =>
        {
            var (across, down) = (aspect * (x - 50) - slant * (y - 50), y - 50);
            return (cosine * across - sine * down, sine * across + cosine * down);
        });
    }

    private void Map(Func<double, double, (double X, double Y)> move)
    {
        foreach (var stroke in Strokes)
        {
            for (var i = 0; i < stroke.Length; i++)
            {
                stroke[i] = move(stroke[i].X, stroke[i].Y);
            }
        }
    }
}
