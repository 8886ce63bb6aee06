namespace DeepNotes.Notebooks.Book;

/// <summary>A tab-separated text file with a header line.</summary>
internal static class TabSeparatedFile
{
    /// <summary>Reads the rows, with cells in the order of <paramref name="columns"/>; empty when the file does not exist.</summary>
    /// <exception cref="BookException">Unexpected columns, or a row with the wrong number of cells.</exception>
    public static IReadOnlyList<T> Read<T>(string path, IReadOnlyList<string> columns, Func<IReadOnlyList<string>, T> make)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        var rows = new List<T>();
        foreach (var (index, line) in File.ReadAllLines(path).Index().Where(line => line.Item.Trim().Length > 0))
        {
            var cells = line.Split('\t').Select(cell => cell.Trim()).ToList();
            if (index == 0 ? !cells.SequenceEqual(columns) : cells.Count != columns.Count)
            {
                throw new BookException(
                    $"book: {path}, line {index + 1}: expected {columns.Count} columns separated by tabs ({string.Join(", ", columns)}), "
                    + $"got {cells.Count}: {line}");
            }

            if (index > 0)
            {
                rows.Add(Make(path, index, cells, make));
            }
        }

        return rows;
    }

    private static T Make<T>(string path, int index, IReadOnlyList<string> cells, Func<IReadOnlyList<string>, T> make)
    {
        try
        {
            return make(cells);
        }
        catch (FormatException error)
        {
            throw new BookException($"book: {path}, line {index + 1}: {error.Message}", error);
        }
    }
}
