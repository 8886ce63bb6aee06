using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Execution;

/// <summary>What an editor asks about code that follows the cells so far. Also answers while a cell runs.</summary>
public interface ILanguageService
{
    /// <summary>What may follow at a position in the code; nothing when the session can't say.</summary>
    Task<CompletionList> CompleteAsync(string code, int position, CancellationToken cancellation = default);

    /// <summary>The declaration and the documentation of what stands at a position; null where nothing is.</summary>
    Task<MimeBundle?> DescribeAsync(string code, int position, CancellationToken cancellation = default);

    /// <summary>Whether the code could be run as it stands.</summary>
    Task<Completeness> CheckCompletenessAsync(string code, CancellationToken cancellation = default);
}
