using System.Diagnostics;
using System.Reflection;
using DeepNotes.Notebooks.Documents;
using Microsoft.CodeAnalysis;

namespace DeepNotes.Notebooks.Execution;

/// <summary>Errors as a reader needs them: what, in which cell, on which line.</summary>
internal static class CellErrors
{
    private const int MostErrors = 10;

    public static ErrorOutput Describe(string name, string message) => new(name, message, [message]);

    public static ErrorOutput Compilation(IReadOnlyList<Diagnostic> errors, string cell)
    {
        var ordered = errors.OrderBy(error => error.Location.SourceSpan.Start).ToArray();
        var first = ordered[0];
        var trace = ordered.Take(MostErrors).SelectMany(error => (string[])
            [$"{Place(error.Location, cell, column: true)}: error {error.Id}: {error.GetMessage()}", .. Excerpt(error.Location)]);
        var more = ordered.Length > MostErrors ? [$"and {ordered.Length - MostErrors} more errors"] : (string[])[];
        return new ErrorOutput(
            "CompilationError", $"{Place(first.Location, cell, column: false)}: {first.Id}: {first.GetMessage()}", [.. trace, .. more]);
    }

    public static ErrorOutput Reference(string message, Location location, string cell)
    {
        var summary = $"{Place(location, cell, column: false)}: {OneLine(message)}";
        return new ErrorOutput("ReferenceError", summary, [summary, .. Excerpt(location)]);
    }

    /// <summary>An exception that the cell threw, with the lines of cells on its way, and its inner exceptions.</summary>
    public static ErrorOutput Exception(Exception error, string cell)
    {
        while (error is AggregateException { InnerExceptions.Count: 1 } or TargetInvocationException && error.InnerException is not null)
        {
            error = error.InnerException!;
        }

        var frames = CellTrace.Frames(new StackTrace(error, fNeedFileInfo: true));
        var place = frames.FirstOrDefault(frame => frame.Place is not null)?.Place ?? cell;
        var trace = new List<string>();
        for (var inner = error; inner is not null; inner = inner.InnerException)
        {
            trace.Add($"{(inner == error ? "" : "caused by ")}{inner.GetType().Name}: {inner.Message}");
            trace.AddRange(CellTrace.Lines(CellTrace.Frames(new StackTrace(inner, fNeedFileInfo: true))));
        }

        return new ErrorOutput(error.GetType().Name, $"{place}: {error.GetType().Name}: {OneLine(error.Message)}", trace);
    }

    private static string OneLine(string message) => string.Join(' ', message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private static string Place(Location location, string cell, bool column)
    {
        var span = location.GetLineSpan();
        var file = Path.IsPathFullyQualified(span.Path) ? Path.GetFileName(span.Path) : cell;
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
