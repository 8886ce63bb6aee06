using Microsoft.CodeAnalysis;
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
        var tree = CSharpSyntaxTree.ParseText(code, CellSource.ParseOptions);
        return !SyntaxFactory.IsCompleteSubmission(tree) ? Completeness.Incomplete
            : tree.GetDiagnostics().Any(problem => problem.Severity == DiagnosticSeverity.Error) ? Completeness.Invalid
            : Completeness.Complete;
    }
}
