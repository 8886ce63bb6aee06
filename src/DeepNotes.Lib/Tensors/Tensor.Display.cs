using System.Globalization;

namespace DeepNotes;

/// <content>How a tensor shows itself: its shape, and the numbers where they are few enough to read.</content>
[TypeFormatterSource(typeof(DisplayableFormatterSource), MimeTypes.Html, MimeTypes.PlainText)]
public sealed partial class Tensor : IDisplayable
{
    private const int ShownRows = 8;
    private const int ShownColumns = 10;

    /// <summary>Shape, range and mean, and the first rows as a table.</summary>
    public string ToHtml()
    {
        var values = ToArray();
        var (rows, columns) = Table();
        var cells = Enumerable.Range(0, Math.Min(rows, ShownRows)).Select(i => ShownRow(values, i, columns));
        return HtmlTable.Write("deepnotes-tensor", [], rows > ShownRows ? cells.Append(["⋮"]) : cells, Caption(values));
    }

    /// <inheritdoc cref="ToHtml"/>
    public string ToPlainText()
    {
        var values = ToArray();
        var (rows, columns) = Table();
        var lines = Enumerable.Range(0, Math.Min(rows, ShownRows)).Select(i => string.Concat(ShownRow(values, i, columns).Select(cell => $"{cell,11}")));
        return string.Join('\n', lines.Prepend(Caption(values)).Concat(rows > ShownRows ? ["⋮"] : []));
    }

    /// <summary>The shape, and the values of a small tensor: <c>Tensor [3]: 1, 2, 3</c>.</summary>
    public override string ToString() => Length is > 0 and <= ShownColumns
        ? $"Tensor {Shape}: {string.Join(", ", ToArray().Select(Format))}"
        : $"Tensor {Shape}{(Length == 0 ? ", empty" : "")}";

    private static string Format(float value) => value.ToString("G5", CultureInfo.InvariantCulture);

    private string Caption(float[] values)
    {
        return Length <= 1
            ? $"Tensor {Shape}{(Length == 0 ? ", empty" : "")}"
            : $"Tensor {Shape}, from {Format(values.Min())} to {Format(values.Max())}, mean {Format((float)values.Average(value => (double)value))}";
    }

    // Axes in front of the last are rows.
    private (int Rows, int Columns) Table()
    {
        var columns = Shape.Count == 0 ? 1 : Shape[^1];
        return (columns == 0 ? 0 : Length / columns, columns);
    }

    private static string[] ShownRow(float[] values, int row, int columns)
    {
        var cells = values.Skip(row * columns).Take(Math.Min(columns, ShownColumns)).Select(Format);
        return [.. columns > ShownColumns ? cells.Append("…") : cells];
    }
}
