namespace DeepNotes;

/// <summary>What a loss makes of the terms of a batch.</summary>
public enum Reduction
{
    /// <summary>Their mean, so that the size of a step does not depend on the size of the batch.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>The terms themselves, one for each sample or element.</summary>
    None,
}
