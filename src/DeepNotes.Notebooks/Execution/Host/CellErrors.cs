using System.Diagnostics;
using System.Globalization;
using DeepNotes.Notebooks.Documents;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepNotes.Notebooks.Execution;

/// <summary>Errors as the reader sees them: what failed, in which cell, on which line.</summary>
internal static class CellErrors
{
    private const int MaxErrors = 10;
    private const int MaxReasons = 20;
    private const string OnlyInvariant = "cells run with the invariant culture only, so that their results do not depend on the machine; set the environment variable DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=0 for all cultures";

    // "#error version" produces a second error, which contains the versions.
    private const string ErrorDirective = "CS1029";

    public static ErrorOutput Describe(string name, string message) => new(name, message, [message]);

    /// <param name="refusal">Why this engine cannot run the cell.</param>
    /// <param name="place">The cell, or the file that it loads.</param>
    public static ErrorOutput Rejected(CellRefusal refusal, string place) =>
        Describe("NotSupported", refusal.Line is { } line ? $"{place}, line {line}: {refusal.Message}" : $"{place} {refusal.Message}");

    public static ErrorOutput Compilation(IReadOnlyList<Diagnostic> errors, string cell, CSharpCompilation compilation)
    {
        var ordered = errors.OrderBy(error => error.Location.SourceSpan.Start).ThenBy(error => error.Id == ErrorDirective).Take(MaxErrors)
            .Select(error => (Error: error, Text: error.GetMessage(), Hint: CompilerHints.For(error, compilation))).ToArray();
        var (first, text, hint) = ordered[0];
        var trace = ordered.SelectMany(error => (string[])
            [
                $"{Place(error.Error.Location, cell, column: true)}: error {error.Error.Id}: {error.Text}",
                .. Excerpt(error.Error.Location),
                .. error.Hint is null ? (string[])[] : [$"    Hint: {Sentence(error.Hint)}"],
            ]);
        var more = errors.Count > MaxErrors ? [$"and {errors.Count - MaxErrors} more errors"] : (string[])[];
        var message = $"{Place(first.Location, cell, column: false)}: {first.Id}: {text}";
        return new ErrorOutput(
            "CompilationError", hint is null ? message : $"{message}{(text.EndsWith('.') ? "" : ".")} Hint: {Sentence(hint)}", [.. trace, .. more]);
    }

    public static ErrorOutput Reference(string message, Location location, string cell)
    {
        var summary = $"{Place(location, cell, column: false)}: {ExceptionText.SingleLine(message)}";
        return new ErrorOutput("ReferenceError", summary, [summary, .. Excerpt(location)]);
    }

    /// <summary>An exception that the cell threw, with the stack frames in cells and the inner exceptions.</summary>
    public static ErrorOutput Exception(Exception thrown, string cell)
    {
        var error = ExceptionText.Unwrap(thrown);
        var frames = CellTrace.Frames(new StackTrace(error, fNeedFileInfo: true));
        var place = frames.FirstOrDefault(frame => frame.Place is not null)?.Place ?? cell;
        var trace = new List<string>();
        AddTrace(trace, error, "", MaxReasons);
        var described = new ErrorOutput(error.GetType().Name, $"{place}: {ExceptionText.OneLine(error)}", trace);
        return error is CultureNotFoundException && error.Message.Contains("GlobalizationInvariantMode", StringComparison.Ordinal) ? described.WithHint(OnlyInvariant) : described;
    }

    private static void AddTrace(List<string> trace, Exception error, string relation, int most)
    {
        trace.Add($"{relation}{error.GetType().Name}: {ExceptionText.Message(error)}");
        trace.AddRange(CellTrace.Lines(CellTrace.Frames(new StackTrace(error, fNeedFileInfo: true))));
        foreach (var inner in most == 0 ? [] : ExceptionText.Causes(error))
        {
            AddTrace(trace, inner, "caused by ", most - 1);
        }
    }

    /// <summary>The same error with a hint appended.</summary>
    public static ErrorOutput WithHint(this ErrorOutput error, string hint) =>
        error with { Message = $"{error.Message}{(error.Message.EndsWith('.') ? "" : ".")} Hint: {Sentence(hint)}", Trace = [.. error.Trace, $"    Hint: {Sentence(hint)}"] };

    private static string Sentence(string hint) => hint[^1] is ';' or '"' or '}' ? hint : hint + ".";

    private static string Place(Location location, string cell, bool column)
    {
        var span = location.GetLineSpan();
        var file = span.Path is { } path && Path.IsPathFullyQualified(path) ? Path.GetFileName(path) : cell;
        var line = span.IsValid ? $", line {span.StartLinePosition.Line + 1}" : "";
        return column && span.IsValid ? $"{file}{line}, column {span.StartLinePosition.Character + 1}" : $"{file}{line}";
    }

    private static string[] Excerpt(Location location)
    {
        if (location.SourceTree is not { } tree)
        {
            return [];
        }

        var span = location.GetLineSpan();
        var line = tree.GetText().Lines[span.StartLinePosition.Line].ToString();
        var start = span.StartLinePosition.Character;
        var end = span.EndLinePosition.Line == span.StartLinePosition.Line ? span.EndLinePosition.Character : line.Length;
        var indent = string.Concat(line.Take(start).Select(character => character == '\t' ? '\t' : ' '));
        return [$"    {line}", $"    {indent}{new string('^', Math.Max(1, end - start))}"];
    }
}

/// <summary>A cell that cannot be run: it does not compile, or one of its references cannot be resolved.</summary>
internal sealed class CellRejectedException(ErrorOutput error) : Exception(error.Message)
{
    public ErrorOutput Error { get; } = error;
}
