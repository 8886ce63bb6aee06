using System.Numerics;

namespace DeepNotes;

/// <summary>The numbers of a heat map in row-major order.</summary>
internal sealed record HeatmapCells(double[] Values, int Rows, int Columns)
{
    public static HeatmapCells Of<T>(T[,] z)
        where T : INumber<T>
    {
        ArgumentNullException.ThrowIfNull(z);
        return new(Coordinates.ToDoubles(z.Cast<T>()), z.GetLength(0), z.GetLength(1));
    }

    public static HeatmapCells Of<T>(IEnumerable<T[]> z)
        where T : INumber<T>
    {
        ArgumentNullException.ThrowIfNull(z);
        var rows = z.ToArray();
        var columns = rows.Length == 0 ? 0 : rows[0].Length;
        var ragged = Array.FindIndex(rows, row => row.Length != columns);
        if (ragged >= 0)
        {
            throw new ArgumentException(
                $"Chart.Heatmap: expected rows of equal length, got {columns} values in row 0 and {rows[ragged].Length} in row {ragged}.",
                nameof(z));
        }
        return new([.. rows.SelectMany(Coordinates.ToDoubles)], rows.Length, columns);
    }
}
