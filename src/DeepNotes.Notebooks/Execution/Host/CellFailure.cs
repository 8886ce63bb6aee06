using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Execution;

/// <summary>A cell that cannot be run: it does not compile, or one of its references cannot be resolved.</summary>
internal sealed class CellFailure(ErrorOutput error) : Exception(error.Message)
{
    public ErrorOutput Error { get; } = error;
}
