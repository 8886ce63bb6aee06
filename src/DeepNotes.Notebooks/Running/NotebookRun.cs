using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;

namespace DeepNotes.Notebooks.Running;

/// <summary>What came of executing a notebook.</summary>
/// <param name="Original">The notebook as it was read; untouched.</param>
/// <param name="Document">The executed copy; complete only when the run succeeded.</param>
/// <param name="Cells">The cells that were executed, in order.</param>
/// <param name="Failures">Empty when the run succeeded.</param>
public sealed record NotebookRun(
    NotebookDocument Original,
    NotebookDocument Document,
    IReadOnlyList<CellReport> Cells,
    IReadOnlyList<CellFailure> Failures)
{
    public bool Succeeded => Failures.Count == 0;

    public TimeSpan Duration => TimeSpan.FromTicks(Cells.Sum(cell => cell.Duration.Ticks));

    /// <summary>Puts the executed document in the notebook's place; same bytes leave the file alone.</summary>
    /// <exception cref="IOException">The file was changed while the notebook ran, or can't be written.</exception>
    public void Save()
    {
        if (!Succeeded)
        {
            throw new InvalidOperationException($"{Original.Path}: only a run that succeeded is saved.");
        }

        var present = NotebookDocument.Load(Original.Path).ToText();
        if (present != Original.ToText())
        {
            throw new IOException($"{Original.Path}: changed on disk while it ran, so it is not saved. Run it again.");
        }

        if (Document.ToText() != File.ReadAllText(Original.Path))
        {
            Document.Save();
        }
    }
}

/// <param name="CellNumber">The cell's place among all cells, from 1.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Duration">Wall time in the session.</param>
public sealed record CellReport(int CellNumber, CellStatus Status, TimeSpan Duration);
