using System.ComponentModel;

namespace DeepNotes.Notebooks.Execution;

/// <summary>The flag that loops and functions of a cell check; <see cref="InterruptChecks"/> inserts the checks.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CellInterrupt
{
    // A public field: the check must cost one read, even in unoptimised code.
#pragma warning disable CA2211
    public static volatile bool Requested;
#pragma warning restore CA2211

    public static void Throw() => throw new CellStoppedException();
}

/// <summary>Unwinds a cell that was asked to stop.</summary>
public sealed class CellStoppedException() : OperationCanceledException("The cell was interrupted.");
