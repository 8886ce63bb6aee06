namespace DeepNotes.Notebooks.Running;

/// <summary>Why a notebook's run failed.</summary>
/// <param name="CellNumber">The cell's index among all cells, from 1.</param>
/// <param name="Line">The line in the cell, from 1, where it is known.</param>
/// <param name="Message">The reason.</param>
/// <param name="Trace">The session's stack trace; empty when there is none.</param>
public sealed record CellFailure(int CellNumber, int? Line, string Message, IReadOnlyList<string> Trace)
{
    // A message about the cell itself continues the sentence: "cell 3 is JavaScript: …".
    public override string ToString() =>
        Line is { } line ? $"cell {CellNumber}, line {line}: {Message}"
        : Message.StartsWith("is ", StringComparison.Ordinal) ? $"cell {CellNumber} {Message}"
        : $"cell {CellNumber}: {Message}";
}
