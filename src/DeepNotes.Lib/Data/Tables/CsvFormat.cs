namespace DeepNotes;

/// <summary>The format of a CSV file, and which parts of it to read.</summary>
public sealed record CsvFormat
{
    /// <summary>The separator between fields.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>Whether the first line contains the names of the columns; otherwise they are "0", "1", ….</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Columns to ignore, such as row numbers, names and dates.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>How to treat missing values.</summary>
    public MissingValues Missing { get; init; } = MissingValues.Refuse;
}

/// <summary>How to treat missing values: an empty field, <c>?</c>, <c>NA</c>, <c>N/A</c>, <c>NaN</c> or <c>null</c>.</summary>
/// <remarks>Imputing a mean is not an option here: the mean must be computed from training data, after the split.</remarks>
public enum MissingValues
{
    /// <summary>Throw an exception with the number of the line.</summary>
    Refuse,

    /// <summary>Skip the row.</summary>
    SkipRow,

    /// <summary>Read NaN, to be imputed later.</summary>
    NotANumber,
}
