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

/// <summary>What to do where a table has no value: an empty field, <c>?</c>, <c>NA</c>, <c>N/A</c>, <c>NaN</c> or <c>null</c>.</summary>
/// <remarks>Filling with a mean is none of these: that is learnt from training data, after the split.</remarks>
public enum MissingValues
{
    /// <summary>An error that names the line.</summary>
    Refuse,

    /// <summary>The row is left out.</summary>
    SkipRow,

    /// <summary>NaN, to be filled later.</summary>
    NotANumber,
}
