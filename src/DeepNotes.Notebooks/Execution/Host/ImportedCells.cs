using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Running;

namespace DeepNotes.Notebooks.Execution;

/// <summary>The cells that <c>#!import FILE</c> runs: the code cells of a notebook, or a C# file.</summary>
internal static class ImportedCells
{
    /// <param name="path">A file with the extension .ipynb, .dib, .csx or .cs.</param>
    /// <param name="importer">The name of the importing cell, for messages.</param>
    /// <exception cref="ReferenceException">The file is missing, has another extension, or is not a valid notebook.</exception>
    public static IReadOnlyList<CellRequest> Of(string path, string importer)
    {
        var file = Path.GetFileName(path);
        if (!File.Exists(path))
        {
            throw new ReferenceException($"#!import {file}: {path} not found.");
        }

        try
        {
            return Path.GetExtension(path).ToLowerInvariant() switch
            {
                ".ipynb" => Cells(NotebookDocument.Load(path), importer),
                ".dib" => Cells(DibFile.ToNotebook(File.ReadAllText(path), path), importer),
                ".csx" or ".cs" => [new CellRequest($"#load \"{path}\"", importer)],
                _ => throw new ReferenceException($"#!import {file}: expected a notebook (.ipynb, .dib) or a C# file (.csx, .cs)."),
            };
        }
        catch (NotebookFormatException error)
        {
            throw new ReferenceException($"#!import {error.Message}");
        }
    }

    private static IReadOnlyList<CellRequest> Cells(NotebookDocument notebook, string importer) =>
    [
        .. notebook.Cells.Where(cell => cell.IsCode).Select(cell =>
            new CellRequest(cell.Source, $"{importer}, {Path.GetFileName(notebook.Path)} cell {cell.Index + 1}") { Language = NotebookLanguage.Of(cell) }),
    ];
}
