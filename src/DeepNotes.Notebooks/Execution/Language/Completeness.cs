using Microsoft.CodeAnalysis.CSharp;

namespace DeepNotes.Notebooks.Execution;

/// <summary>Whether edited code can be run, needs more lines, or is invalid in any case.</summary>
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
        // Unsupported cells count as complete, so that they can be run and report the reason.
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
