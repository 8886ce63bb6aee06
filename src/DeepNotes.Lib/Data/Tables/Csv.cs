using System.Globalization;

namespace DeepNotes;

/// <summary>
/// Data sets from CSV files: columns of numbers, and one of class labels or some of targets. The file is read once, line
/// by line; only its numbers stay in memory, 4 bytes each.
/// </summary>
public static class Csv
{
    /// <summary>A data set for classification: inputs [N, D] from all other columns.</summary>
    /// <param name="path">The file; its first line names the columns unless the format says otherwise.</param>
    /// <param name="label">The column of the classes, any text; whole numbers are ordered by value, else by characters.</param>
    /// <param name="format">How the file is written.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// A row with another number of fields, a field that is no number, a missing value that is refused, no rows: with the
    /// line's number.
    /// </exception>
    /// <exception cref="ArgumentException">There is no such column; the message lists those there are.</exception>
    public static Dataset Load(string path, string label, CsvFormat? format = null)
    {
        using var table = new CsvTable(path, format ?? new CsvFormat());
        var classColumn = table.ColumnOf(label);
        var inputColumns = table.Others([classColumn]);
        var (inputs, numbers, names) = (new List<float>(), new List<int>(), new Dictionary<string, int>());
        var lookup = names.GetAlternateLookup<ReadOnlySpan<char>>();
        while (table.Read())
        {
            var name = table.Text(classColumn);
            if (table.IsMissing(classColumn, name) || !table.Append(inputs, inputColumns))
            {
                continue;
            }

            if (!lookup.TryGetValue(name, out var number))
            {
                number = names.Count;
                names.Add(name.ToString(), number);
            }

            numbers.Add(number);
        }

        var classes = Ordered(names.Keys);
        var ranks = new int[classes.Length];
        for (var rank = 0; rank < classes.Length; rank++)
        {
            ranks[names[classes[rank]]] = rank;
        }

        return new Dataset(
            table.ToRows(inputs, numbers.Count, inputColumns), [.. numbers.Select(number => ranks[number])], classes, table.Name, path);
    }

    /// <summary>A data set for regression: targets [N, T] from some columns, inputs [N, D] from all others.</summary>
    /// <param name="path">The file; its first line names the columns unless the format says otherwise.</param>
    /// <param name="targets">The columns to learn.</param>
    /// <param name="format">How the file is written.</param>
    /// <inheritdoc cref="Load(string, string, CsvFormat?)"/>
    public static Dataset Load(string path, string[] targets, CsvFormat? format = null)
    {
        using var table = new CsvTable(path, format ?? new CsvFormat());
        var targetColumns = Array.ConvertAll(targets, table.ColumnOf);
        var inputColumns = table.Others(targetColumns);
        var (inputs, values, count) = (new List<float>(), new List<float>(), 0);
        while (table.Read())
        {
            if (!table.Append(inputs, inputColumns))
            {
                continue;
            }

            if (table.Append(values, targetColumns))
            {
                count++;
            }
            else
            {
                inputs.RemoveRange(inputs.Count - inputColumns.Length, inputColumns.Length);
            }
        }

        return new Dataset(
            table.ToRows(inputs, count, inputColumns), table.ToRows(values, count, targetColumns), table.Name, path);
    }

    private static string[] Ordered(IEnumerable<string> names) => names.All(name => long.TryParse(name, NumberStyles.Integer, CultureInfo.InvariantCulture, out _))
        ? [.. names.OrderBy(name => long.Parse(name, NumberStyles.Integer, CultureInfo.InvariantCulture))]
        : [.. names.Order(StringComparer.Ordinal)];
}
