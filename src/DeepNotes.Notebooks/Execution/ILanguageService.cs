using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Execution;

/// <summary>Editor services for code that follows the cells so far. Requests are answered while a cell runs, too.</summary>
public interface ILanguageService
{
    /// <summary>Completions at a position in the code; empty when the session cannot answer.</summary>
    Task<CompletionList> CompleteAsync(string code, int position, CancellationToken cancellation = default);

    /// <summary>The declaration and documentation of the symbol at a position; null where there is none.</summary>
    Task<MimeBundle?> DescribeAsync(string code, int position, CancellationToken cancellation = default);

    /// <summary>Whether the code is a complete submission.</summary>
    Task<Completeness> CheckCompletenessAsync(string code, CancellationToken cancellation = default);
}
