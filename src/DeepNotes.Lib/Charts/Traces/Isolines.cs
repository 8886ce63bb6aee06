namespace DeepNotes;

/// <summary>
/// The outlines of the region where a function on a grid is at least some level, by marching squares (Lorensen and Cline,
/// 1987, in two dimensions). The function is minus infinity outside the grid and at missing values, so that every outline is
/// closed and can be filled.
/// </summary>
internal sealed class Isolines
{
    private readonly double[] _z;
    private readonly double[] _x;
    private readonly double[] _y;
    private readonly int _columns;
    private readonly int _rows;

    /// <summary>Takes values in row-major order, with row i at y[i] and column j at x[j].</summary>
    public Isolines(HeatmapCells cells, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        (_columns, _rows) = (cells.Columns + 2, cells.Rows + 2);
        (_x, _y) = ([x[0], .. x, x[^1]], [y[0], .. y, y[^1]]);
        _z = new double[_columns * _rows];
        Array.Fill(_z, double.NegativeInfinity);
        for (var i = 0; i < cells.Values.Length; i++)
        {
            if (Extent.IsDrawable(cells.Values[i], positiveOnly: false))
            {
                _z[(i / cells.Columns + 1) * _columns + i % cells.Columns + 1] = cells.Values[i];
            }
        }
    }

    /// <summary>A point of an outline; on the rim, it belongs to the boundary of the grid, not to a contour line.</summary>
    public readonly record struct Point(double X, double Y, bool IsOnRim);

    public IEnumerable<Point[]> At(double level)
    {
        var next = Segments(level);
        while (next.Count > 0)
        {
            var outline = new List<Point>();
            var start = next.Keys.First();
            for (var edge = start; next.Remove(edge, out var following); edge = following)
            {
                outline.Add(Crossing(edge, level));
            }
            yield return [.. outline];
        }
    }

    /// <summary>
    /// Maps each crossed edge of the grid to the next one on its outline. The two cells at an edge traverse it in opposite
    /// directions, so that each crossing ends one segment and begins another.
    /// </summary>
    private SortedDictionary<int, int> Segments(double level)
    {
        var next = new SortedDictionary<int, int>();
        for (var row = 0; row < _rows - 1; row++)
        {
            for (var column = 0; column < _columns - 1; column++)
            {
                var corner = row * _columns + column;
                Span<int> corners = [corner, corner + 1, corner + _columns + 1, corner + _columns];
                Span<int> edges = [2 * corner, 2 * (corner + 1) + 1, 2 * (corner + _columns), 2 * corner + 1];
                var isHighInside = (_z[corners[0]] + _z[corners[1]] + _z[corners[2]] + _z[corners[3]]) / 4 >= level;
                for (var i = 0; i < 4; i++)
                {
                    if (_z[corners[i]] >= level && _z[corners[(i + 1) % 4]] < level)
                    {
                        next.Add(edges[i], edges[Entry(corners, i, level, isHighInside ? 1 : 3)]);
                    }
                }
            }
        }
        return next;
    }

    /// <summary>
    /// The edge at which the outline that leaves a cell at edge <paramref name="exit"/> enters it: the next edge around the cell
    /// at which values rise to the level or, if the middle of a saddle is low, the previous one.
    /// </summary>
    private int Entry(ReadOnlySpan<int> corners, int exit, double level, int step)
    {
        var edge = exit;
        do
        {
            edge = (edge + step) % 4;
        }
        while (!(_z[corners[edge]] < level && _z[corners[(edge + 1) % 4]] >= level));
        return edge;
    }

    private Point Crossing(int edge, double level)
    {
        var from = edge / 2;
        var to = from + (edge % 2 == 0 ? 1 : _columns);
        var (low, high) = (_z[from], _z[to]);
        var isOnRim = double.IsInfinity(low) || double.IsInfinity(high);
        var fraction = double.IsInfinity(low) ? 1 : double.IsInfinity(high) ? 0 : (level - low) / (high - low);
        double Between(double a, double b) => a + fraction * (b - a);
        return new(
            Between(_x[from % _columns], _x[to % _columns]), Between(_y[from / _columns], _y[to / _columns]), isOnRim);
    }
}
