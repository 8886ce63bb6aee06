namespace DeepNotes;

/// <summary>How a training came to its end.</summary>
public enum TrainingEnd
{
    /// <summary>It has not: it runs, or was read from a checkpoint made while it ran.</summary>
    Running,

    /// <summary>All epochs are done.</summary>
    Completed,

    /// <summary>A callback stopped it: early stopping.</summary>
    Stopped,

    /// <summary>The reader or the program cancelled it.</summary>
    Cancelled,

    /// <summary>A loss or a gradient was no number.</summary>
    Broken,

    /// <summary>Any other exception.</summary>
    Failed,
}
