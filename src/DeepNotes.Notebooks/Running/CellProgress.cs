using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;

namespace DeepNotes.Notebooks.Running;

/// <summary>Progress of a code cell, reported when it starts and when it ends.</summary>
/// <param name="Notebook">The notebook that is running.</param>
/// <param name="CellNumber">The cell's index among all cells, from 1.</param>
/// <param name="Position">Its index among the code cells that are executed, from 1.</param>
/// <param name="Count">The number of code cells that are executed.</param>
/// <param name="Status">The outcome; null while the cell runs.</param>
/// <param name="Duration">The cell's duration; zero while it runs.</param>
public sealed record CellProgress(
    NotebookDocument Notebook, int CellNumber, int Position, int Count, CellStatus? Status, TimeSpan Duration);
