using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Running;

namespace DeepNotes.Cli.Execution;

/// <summary>What a command has to say of one notebook.</summary>
/// <param name="Path">The notebook's file.</param>
/// <param name="Executed">The executed document; null when the notebook could not be read or its run failed.</param>
/// <param name="Cells">The cells that were executed now; empty when the run was taken from the cache.</param>
/// <param name="Problems">One line each; empty when all is well.</param>
/// <param name="Remark">A word for the summary: "saved", "from the cache".</param>
/// <param name="Elapsed">Wall time, the start of the session included.</param>
internal sealed record NotebookResult(
    string Path,
    NotebookDocument? Executed,
    IReadOnlyList<CellReport> Cells,
    IReadOnlyList<string> Problems,
    string Remark,
    TimeSpan Elapsed)
{
    public bool IsGood => Problems.Count == 0;
}
