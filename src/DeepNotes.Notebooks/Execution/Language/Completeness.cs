using Microsoft.CodeAnalysis.CSharp;

namespace DeepNotes.Notebooks.Execution;

/// <summary>Whether code that is being typed could be run, needs more lines, or can't become right by more.</summary>
public enum Completeness
{
    Complete,
    Incomplete,
    Invalid,
}

internal static class CompletenessCheck
{
    public static Completeness Of(string code)
    {
        // What is refused is complete: run it, and it says why.
        var parts = CellParts.Of(code);
        if (parts.Refusal is not null)
        {
            return Completeness.Complete;
        }

        var source = new CellSource(parts.CSharp, "");
        return !SyntaxFactory.IsCompleteSubmission(source.Tree) ? Completeness.Incomplete
            : source.HasSyntaxErrors ? Completeness.Invalid
            : Completeness.Complete;
    }
}
