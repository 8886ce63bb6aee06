using System.Globalization;
using System.Text.Json.Nodes;

namespace DeepNotes;

/// <summary>
/// Numbers of a figure in JSON: integers are exact, others are rounded to a millionth of the range of their trace (on a
/// logarithmic axis to seven significant digits, because small numbers are as visible as large ones), and null is a gap.
/// </summary>
internal static class PlotlyNumbers
{
    private const double LargestExactInteger = 1L << 53;

    public static JsonArray Array(ReadOnlySpan<double> values, bool log = false)
    {
        var decimals = log ? int.MaxValue : Decimals(Extent.Of(values, positiveOnly: false));
        var nodes = new JsonNode?[values.Length];
        for (var i = 0; i < nodes.Length; i++)
        {
            nodes[i] = log && values[i] <= 0 ? null : Number(values[i], decimals);
        }
        return new(nodes);
    }

    /// <summary>A row-major matrix as an array of rows, rounded as a whole.</summary>
    public static JsonArray Rows(ReadOnlySpan<double> values, int columns)
    {
        var decimals = Decimals(Extent.Of(values, positiveOnly: false));
        var rows = new JsonArray();
        for (var start = 0; start < values.Length; start += columns)
        {
            var row = new JsonArray();
            foreach (var value in values.Slice(start, columns))
            {
                row.Add((JsonNode?)Number(value, decimals));
            }
            rows.Add((JsonNode)row);
        }
        return rows;
    }

    /// <summary>A single number, such as the end of an axis, with seven significant digits.</summary>
    public static JsonNode? Number(double value) => Number(value, int.MaxValue);

    private static JsonValue? Number(double value, int decimals)
    {
        if (!Extent.IsDrawable(value, positiveOnly: false))
        {
            return null;
        }
        var rounded = value == Math.Truncate(value) ? value
            : decimals <= 15 ? Math.Round(value, decimals)
            : Significant(value, decimals == int.MaxValue ? 6 : decimals + Exponent(value));
        return rounded == Math.Truncate(rounded) && Math.Abs(rounded) <= LargestExactInteger
            ? JsonValue.Create((long)rounded)
            : JsonValue.Create(rounded);
    }

    private static int Decimals(Extent extent)
    {
        var range = extent.Max > extent.Min ? extent.Max - extent.Min : Math.Abs(extent.Max);
        return extent.IsEmpty || range == 0 ? 0 : Math.Max(0, 6 - Exponent(range));
    }

    /// <summary>The decimal exponent, from the formatted number: a logarithm may be off by one at a power of ten.</summary>
    private static int Exponent(double value)
    {
        var text = value.ToString("E16", CultureInfo.InvariantCulture);
        return int.Parse(text.AsSpan(text.IndexOf('E', StringComparison.Ordinal) + 1), provider: CultureInfo.InvariantCulture);
    }

    private static double Significant(double value, int decimalsAfterFirst) => double.Parse(
        value.ToString("E" + Math.Clamp(decimalsAfterFirst, 0, 16), CultureInfo.InvariantCulture),
        CultureInfo.InvariantCulture);
}
