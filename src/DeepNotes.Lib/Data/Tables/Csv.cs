using System.Globalization;

namespace DeepNotes;

/// <summary>
/// Loads data sets from CSV files with numeric columns and a column of class labels or columns of targets. The file is read
/// once, line by line; only its numbers are kept in memory, 4 bytes each.
/// </summary>
public static class Csv
{
    /// <summary>A data set for classification: inputs [N, D] from all other columns.</summary>
    /// <param name="path">The file; by default its first line contains the names of the columns.</param>
    /// <param name="label">The column of the classes. Classes are ordered by value if all are integers, else by ordinal comparison.</param>
    /// <param name="format">The format of the file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// A row has another number of fields, a field is not a number, a missing value is refused, or there are no rows; the
    /// message contains the number of the line.
    /// </exception>
    /// <exception cref="ArgumentException">There is no such column; the message lists the columns.</exception>
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
    /// <param name="path">The file; by default its first line contains the names of the columns.</param>
    /// <param name="targets">The columns of the targets.</param>
    /// <param name="format">The format of the file.</param>
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
