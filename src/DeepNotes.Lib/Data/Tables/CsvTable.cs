using System.Globalization;

namespace DeepNotes;

/// <summary>The rows of a CSV file with named columns, each with as many fields as the first line.</summary>
internal sealed class CsvTable : IDisposable
{
    private static readonly HashSet<string> MissingMarks = new(["", "?", "NA", "N/A", "NaN", "null"], StringComparer.OrdinalIgnoreCase);

    private static readonly char[] OtherSeparators = [';', '\t', '|', ','];

    private readonly string _path;
    private readonly CsvFormat _format;
    private readonly CsvReader _reader;
    private readonly string[] _columns;
    private bool _isAtFirstRow;

    /// <exception cref="InvalidDataException">The file is empty, or two columns have the same name.</exception>
    public CsvTable(string path, CsvFormat format)
    {
        (_path, _format, _reader) = (path, format, new CsvReader(path, format.Separator));
        try
        {
            if (!_reader.Read())
            {
                throw new InvalidDataException($"CSV {path}: expected rows, the file is empty.");
            }

            _columns = [.. Enumerable.Range(0, _reader.FieldCount).Select(
                i => format.HasHeader ? _reader.Field(i).Trim().ToString() : $"{i}")];
            _isAtFirstRow = !format.HasHeader;
            if (_columns.CountBy(column => column).FirstOrDefault(column => column.Value > 1) is { Value: > 1 } twice)
            {
                throw new InvalidDataException($"CSV {path}, line {_reader.Line}: two columns are called '{twice.Key}'.");
            }
        }
        catch
        {
            _reader.Dispose();
            throw;
        }
    }

    public string Name => Path.GetFileNameWithoutExtension(_path);

    /// <exception cref="ArgumentException">There is no such column.</exception>
    public int ColumnOf(string name) => Array.IndexOf(_columns, name) is var index and >= 0
        ? index
        : throw new ArgumentException($"CSV {_path}: no column is called '{name}'; there are {string.Join(", ", _columns)}.{SeparatorHint}", nameof(name));

    /// <summary>All columns except these and the ignored ones.</summary>
    public int[] Others(int[] columns)
    {
        var left = Enumerable.Range(0, _columns.Length).Except(columns).Except(_format.Ignore.Select(ColumnOf)).ToArray();
        return left.Length > 0 ? left : throw new ArgumentException($"CSV {_path}: no column is left for the inputs.{SeparatorHint}");
    }

    /// <exception cref="InvalidDataException">The row has another number of fields.</exception>
    public bool Read()
    {
        if (_isAtFirstRow)
        {
            _isAtFirstRow = false;
            return true;
        }

        if (!_reader.Read())
        {
            return false;
        }

        return _reader.FieldCount == _columns.Length ? true : throw new InvalidDataException(
            $"CSV {_path}, line {_reader.Line}: expected {_columns.Length} fields as in the first line, got {_reader.FieldCount}.{SeparatorHint}");
    }

    public ReadOnlySpan<char> Text(int column) => _reader.Field(column).Trim();

    /// <summary>Whether the value of this field is missing.</summary>
    /// <exception cref="InvalidDataException">The value is missing, and missing values are refused.</exception>
    public bool IsMissing(int column, ReadOnlySpan<char> text)
    {
        var isMissing = MissingMarks.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text);
        return !isMissing || _format.Missing != MissingValues.Refuse ? isMissing : throw new InvalidDataException(
            $"CSV {_path}, line {_reader.Line}, column '{_columns[column]}': the value is missing ('{text}'); "
            + $"choose {nameof(MissingValues)}.{MissingValues.SkipRow} or {MissingValues.NotANumber}.");
    }

    /// <summary>Appends the numbers of these fields; appends nothing and returns false if the row is to be skipped.</summary>
    /// <exception cref="InvalidDataException">A field is not a number.</exception>
    public bool Append(List<float> values, int[] columns)
    {
        var before = values.Count;
        foreach (var column in columns)
        {
            var text = Text(column);
            if (!IsMissing(column, text))
            {
                values.Add(Number(column, text));
            }
            else if (_format.Missing == MissingValues.NotANumber)
            {
                values.Add(float.NaN);
            }
            else
            {
                values.RemoveRange(before, values.Count - before);
                return false;
            }
        }

        return true;
    }

    /// <exception cref="InvalidDataException">There are no rows.</exception>
    public SampleRows ToRows(List<float> values, int count, int[] columns) => count > 0
        ? new SampleRows([.. values], [count, columns.Length])
        : throw new InvalidDataException($"CSV {_path}: expected rows of values, there are none.");

    public void Dispose() => _reader.Dispose();

    // A separator of another dialect that occurs in the names of the columns.
    private string SeparatorHint => OtherSeparators.FirstOrDefault(
        separator => separator != _format.Separator && _columns.Any(column => column.Contains(separator))) is var found and not default(char)
        ? $" Is {Shown(found)} the separator? Then say so: new CsvFormat {{ Separator = {Shown(found)} }}."
        : "";

    private string NumberHint(ReadOnlySpan<char> text) => text.Count(',') == 1 && float.TryParse(
        text.ToString().Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        ? " Numbers are written with a decimal point here, not with a comma."
        : SeparatorHint;

    private static string Shown(char separator) => separator == '\t' ? "'\\t'" : $"'{separator}'";

    private float Number(int column, ReadOnlySpan<char> text) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite(value)
            ? value
            : throw new InvalidDataException(
                $"CSV {_path}, line {_reader.Line}, column '{_columns[column]}': expected a number, got '{text}'.{NumberHint(text)}");
}
