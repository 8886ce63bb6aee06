namespace DeepNotes;

/// <summary>
/// Rasterises the path of a pen in the format of MNIST: scaled to 20×20 pixels, anti-aliased, with the centre of mass in the
/// middle of 28×28.
/// </summary>
internal sealed class DigitCanvas
{
    /// <summary>Pixels along each side of the finished image.</summary>
    public const int Side = 28;

    private const int Margin = 8;
    private const int CanvasSide = Side + 2 * Margin;
    private const double Box = 20;
    private const double Softness = 1.15;

    private readonly double[] _ink = new double[CanvasSide * CanvasSide];

    /// <summary>Draws the path with a pen of the given radius into 28×28 bytes, from 0 for paper to 255 for ink.</summary>
    /// <param name="path">The strokes, in any unit.</param>
    /// <param name="fill">The length of the longer side as a fraction of the 20×20 box.</param>
    /// <param name="radius">Half the width of the pen in pixels, as a function of the position along the stroke from 0 to 1.</param>
    /// <param name="image">The 784 bytes to write, row by row.</param>
    public void Draw(PenPath path, double fill, Func<double, double> radius, Span<byte> image)
    {
        Array.Clear(_ink);
        var (left, top, right, bottom) = Bounds(path);
        var scale = (fill * Box - 2 * radius(0.5)) / Math.Max(right - left, bottom - top);
        var (middleX, middleY) = ((left + right) / 2, (top + bottom) / 2);
        (double X, double Y) Place((double X, double Y) p) =>
            (CanvasSide / 2.0 + scale * (p.X - middleX), CanvasSide / 2.0 + scale * (p.Y - middleY));

        foreach (var stroke in path.Strokes)
        {
            for (var i = 1; i < stroke.Length; i++)
                Segment(Place(stroke[i - 1]), Place(stroke[i]), radius((i - 0.5) / (stroke.Length - 1)));
        }

        CopyCentred(image);
    }

    private static (double Left, double Top, double Right, double Bottom) Bounds(PenPath path)
    {
        var (left, top, right, bottom) = (double.MaxValue, double.MaxValue, double.MinValue, double.MinValue);
        foreach (var stroke in path.Strokes)
        {
            foreach (var (x, y) in stroke)
                (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y));
        }

        return (left, top, right, bottom);
    }

    /// <summary>Draws a segment: the ink of a pixel is 1 within the width of the pen and falls to 0 over <see cref="Softness"/> pixels.</summary>
    private void Segment((double X, double Y) from, (double X, double Y) to, double radius)
    {
        var reach = radius + Softness / 2;
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        var squared = dx * dx + dy * dy;
        var (firstColumn, lastColumn) = Pixels(from.X, to.X, reach);
        var (firstRow, lastRow) = Pixels(from.Y, to.Y, reach);
        for (var row = firstRow; row <= lastRow; row++)
        {
            for (var column = firstColumn; column <= lastColumn; column++)
            {
                var (px, py) = (column + 0.5 - from.X, row + 0.5 - from.Y);
                var along = squared > 0 ? Math.Clamp((px * dx + py * dy) / squared, 0, 1) : 0;
                var (ex, ey) = (px - along * dx, py - along * dy);
                var distance = ex * ex + ey * ey;
                if (distance < reach * reach)
                {
                    ref var pixel = ref _ink[row * CanvasSide + column];
                    pixel = Math.Max(pixel, Math.Min((reach - Math.Sqrt(distance)) / Softness, 1));
                }
            }
        }
    }

    private static (int First, int Last) Pixels(double a, double b, double reach) =>
        ((int)Math.Clamp(Math.Min(a, b) - reach, 0, CanvasSide - 1), (int)Math.Clamp(Math.Max(a, b) + reach, 0, CanvasSide - 1));

    private void CopyCentred(Span<byte> image)
    {
        var (mass, massX, massY) = (0.0, 0.0, 0.0);
        for (var row = 0; row < CanvasSide; row++)
        {
            for (var column = 0; column < CanvasSide; column++)
            {
                var value = _ink[row * CanvasSide + column];
                mass += value;
                massX += value * (column + 0.5);
                massY += value * (row + 0.5);
            }
        }

        var left = Shift(massX / mass);
        var top = Shift(massY / mass);
        for (var row = 0; row < Side; row++)
        {
            for (var column = 0; column < Side; column++)
                image[row * Side + column] = (byte)(255 * _ink[(top + row) * CanvasSide + left + column] + 0.5);
        }
    }

    /// <summary>The start of the window of 28 pixels with the centre of mass in its middle.</summary>
    private static int Shift(double centre) => Math.Clamp((int)(centre - Side / 2.0 + 0.5), 0, 2 * Margin);
}
