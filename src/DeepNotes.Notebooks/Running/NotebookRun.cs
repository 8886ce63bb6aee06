using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;

namespace DeepNotes.Notebooks.Running;

/// <summary>The result of executing a notebook.</summary>
/// <param name="Original">The notebook as it was read, unchanged.</param>
/// <param name="Document">The executed copy; complete only when the run succeeded.</param>
/// <param name="Cells">The cells that were executed, in order.</param>
/// <param name="Failures">Empty when the run succeeded.</param>
public sealed record NotebookRun(
    NotebookDocument Original,
    NotebookDocument Document,
    IReadOnlyList<CellReport> Cells,
    IReadOnlyList<CellFailure> Failures)
{
    /// <summary>The file name suffix of results that could not be saved in their notebook.</summary>
    public const string UnsavedEnding = ".unsaved.ipynb";

    public bool Succeeded => Failures.Count == 0;

    public TimeSpan Duration => TimeSpan.FromTicks(Cells.Sum(cell => cell.Duration.Ticks));

    /// <summary>Saves the executed document over the notebook; an identical file is not written.</summary>
    /// <exception cref="IOException">
    /// The file was changed while the notebook ran, or cannot be written: the results are in another file, which the message names.
    /// </exception>
    public void Save()
    {
        if (!Succeeded)
        {
            throw new InvalidOperationException($"{Original.Path}: only successful runs are saved.");
        }

        Keep(Original.Path, () =>
        {
            var present = File.ReadAllBytes(Original.Path);
            var executed = Document.ToBytes();
            if (present.AsSpan().SequenceEqual(executed))
            {
                return;
            }

            if (!present.AsSpan().SequenceEqual(Original.ToBytes()))
            {
                throw new IOException($"{Original.Path}: changed on disk during the run, so it is not overwritten.");
            }

            Document.Save();
        });
    }

    /// <summary>Writes the executed document to another file.</summary>
    /// <exception cref="IOException">The file cannot be written: the results are in a file that the message names.</exception>
    public void SaveAs(string path) => Keep(path, () => Document.SaveAs(path));

    private void Keep(string path, Action save)
    {
        try
        {
            save();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var place = error.Message.StartsWith(path, StringComparison.Ordinal) ? "" : $"{path}: ";
            throw new IOException($"{place}{error.Message} The results are in {SaveElsewhere()}.", error);
        }
    }

    // Hours of work must not depend on one file: saved beside the notebook, or else in the temporary folder.
    private string SaveElsewhere()
    {
        try
        {
            return SaveIn(Path.GetDirectoryName(Path.GetFullPath(Original.Path))!);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return SaveIn(Directory.CreateTempSubdirectory("deepnotes-").FullName);
        }
    }

    private string SaveIn(string folder)
    {
        for (var copy = 1; ; copy++)
        {
            var path = Path.Combine(folder, $"{Original.Name}{(copy == 1 ? "" : $"-{copy}")}{UnsavedEnding}");
            if (!Path.Exists(path))
            {
                Document.SaveAs(path);
                return path;
            }
        }
    }
}

/// <param name="CellNumber">The cell's place among all cells, from 1.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Duration">Wall time in the session.</param>
public sealed record CellReport(int CellNumber, CellStatus Status, TimeSpan Duration);

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
