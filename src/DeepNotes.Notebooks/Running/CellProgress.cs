using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;

namespace DeepNotes.Notebooks.Running;

/// <summary>Told when a code cell starts and when it ends.</summary>
/// <param name="Notebook">The notebook that is running.</param>
/// <param name="CellNumber">The cell's place among all cells, from 1.</param>
/// <param name="Position">Its place among the code cells that are executed, from 1.</param>
/// <param name="Count">How many code cells are executed.</param>
/// <param name="Status">How it ended; null while it runs.</param>
/// <param name="Duration">How long it took; zero while it runs.</param>
public sealed record CellProgress(
    NotebookDocument Notebook, int CellNumber, int Position, int Count, CellStatus? Status, TimeSpan Duration);
