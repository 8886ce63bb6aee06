namespace DeepNotes;

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
