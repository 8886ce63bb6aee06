namespace DeepNotes;

/// <summary>
/// The path of a polyline in pixels, with gaps where a coordinate is not finite. Of consecutive points within one column of
/// pixels, only the first, lowest, highest and last are kept: the image is the same, and the file stays small for ten thousand
/// points.
/// </summary>
internal static class Polyline
{
    public static SvgPath Path(IReadOnlyList<(double X, double Y)> points)
    {
        var path = new SvgPath();
        var column = new List<(double X, double Y)>();
        var isOpen = false;
        foreach (var point in points)
        {
            var isGap = !(double.IsFinite(point.X) && double.IsFinite(point.Y));
            if (column.Count > 0 && (isGap || Math.Floor(point.X) != Math.Floor(column[0].X)))
            {
                isOpen = Add(path, column, isOpen);
                column.Clear();
            }
            if (isGap)
            {
                isOpen = false;
            }
            else
            {
                column.Add(point);
            }
        }
        if (column.Count > 0)
        {
            Add(path, column, isOpen);
        }
        return path;
    }

    private static bool Add(SvgPath path, List<(double X, double Y)> column, bool isOpen)
    {
        foreach (var i in Kept(column))
        {
            var (x, y) = column[i];
            _ = isOpen ? path.LineTo(x, y) : path.MoveTo(x, y);
            isOpen = true;
        }
        return isOpen;
    }

    private static SortedSet<int> Kept(List<(double X, double Y)> column)
    {
        var (lowest, highest) = (0, 0);
        for (var i = 1; i < column.Count; i++)
        {
            lowest = column[i].Y < column[lowest].Y ? i : lowest;
            highest = column[i].Y > column[highest].Y ? i : highest;
        }
        return [0, lowest, highest, column.Count - 1];
    }
}
