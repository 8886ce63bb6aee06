using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Execution;

/// <summary>A cell that can't be run as it stands: it does not compile, or one of its references is not found.</summary>
internal sealed class CellFailure(ErrorOutput error) : Exception(error.Message)
{
    public ErrorOutput Error { get; } = error;
}
