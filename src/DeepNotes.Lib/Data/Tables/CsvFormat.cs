namespace DeepNotes;

/// <summary>How a CSV file is written and what of it is wanted.</summary>
public sealed record CsvFormat
{
    /// <summary>What stands between fields.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>Whether the first line names the columns; else they are called "0", "1", ….</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Columns to leave out: numbers of rows, names, dates.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>What to do where a value is missing.</summary>
    public MissingValues Missing { get; init; } = MissingValues.Refuse;
}
