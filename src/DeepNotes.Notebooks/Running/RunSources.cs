using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Running;

/// <summary>
/// Detects whether saved outputs still belong to their cells: a run saves a short hash of the code and of the expressions
/// that prose quotes. Prose itself may change without a new run.
/// </summary>
public static class RunSources
{
    private const string Field = "sources";

    /// <summary>Writes the hash beside the run's fingerprint.</summary>
    public static void StampOn(NotebookDocument notebook) =>
        notebook.Json.Child("metadata").Child("deepnotes").Child("run").Put(Field, Hash(notebook));

    /// <summary>Whether the sources are those of the run; false also for a notebook without a hash.</summary>
    public static bool AreThoseOfTheRun(NotebookDocument notebook) =>
        notebook.Metadata["run"] is JsonObject run && NotebookText.Join(run[Field]) == Hash(notebook);

    private static string Hash(NotebookDocument notebook)
    {
        var parts = notebook.Cells.SelectMany(cell =>
            cell.IsCode ? [string.Join(' ', cell.Tags), cell.Source] : cell.IsMarkdown ? QuotedFigures.Expressions(cell.Source) : []);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))))[..12];
    }
}
