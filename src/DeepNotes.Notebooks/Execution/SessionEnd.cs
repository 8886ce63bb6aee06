using System.Text.RegularExpressions;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Execution;

/// <summary>Explains why a session's process ended, from its final message, its exit code and its standard error.</summary>
internal static partial class SessionEnd
{
    private const int MaxTraceLines = 30;

    /// <param name="cell">The cell that was running.</param>
    /// <param name="reportedEnd">The reason that the process itself sent; null for none.</param>
    /// <param name="exitCode">Null when the parent killed the process.</param>
    /// <param name="errorText">Its standard error.</param>
    public static ErrorOutput Describe(string cell, ErrorOutput? reportedEnd, int? exitCode, string errorText)
    {
        if (reportedEnd is not null)
        {
            return reportedEnd with { Message = $"{reportedEnd.Message}; its variables are lost, restart the session." };
        }

        var lines = errorText.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd()).ToArray();
        if (lines.Any(line => line.StartsWith("Stack overflow", StringComparison.Ordinal)))
        {
            return StackOverflow(cell, lines);
        }

        var reason = exitCode switch
        {
            null => "the session was closed while the cell ran",
            137 => "the session's process was killed (exit code 137); perhaps the memory ran out",
            var code => $"the session's process ended unexpectedly (exit code {code}){LastLines(lines)}",
        };
        return Report("SessionEnded", $"{cell}: {reason}; its variables are lost, restart the session.", lines.Take(MaxTraceLines));
    }

    // The message of Environment.FailFast, or the runtime's own.
    private static string LastLines(string[] lines)
    {
        var said = lines
            .SkipWhile(line => !line.StartsWith("Process terminated.", StringComparison.Ordinal) && !line.StartsWith("Fatal error.", StringComparison.Ordinal))
            .TakeWhile(line => !line.StartsWith("   at ", StringComparison.Ordinal));
        return string.Join(' ', said.Select(line => line.Trim())) is { Length: > 0 } text ? $": {text}" : "";
    }

    // The runtime writes "Repeated 1234 times:" between the frames above a recursion and those that repeat; where it
    // does not detect the pattern it writes all frames.
    private static ErrorOutput StackOverflow(string cell, string[] lines)
    {
        var frames = lines.Where(line => CellFrame().IsMatch(line)).ToArray();
        var repeated = lines.Select(line => Repeated().Match(line)).FirstOrDefault(match => match.Success);
        var method = repeated is null
            ? frames.GroupBy(frame => frame).MaxBy(same => same.Count())?.Key
            : lines.SkipWhile(line => !Repeated().IsMatch(line)).FirstOrDefault(line => CellFrame().IsMatch(line));
        var calls = method is null ? ""
            : repeated is null ? $" in {MethodName(method)}"
            : $": {MethodName(method)} called itself {repeated.Groups[1].Value} times";
        return Report(
            "StackOverflowException", $"{cell}: stack overflow{calls}; variables are lost, restart the session.", frames.Distinct().Take(MaxTraceLines));
    }

    private static ErrorOutput Report(string name, string message, IEnumerable<string> trace) => new(name, message, [message, .. trace]);

    //    at cell 7#12.<<Initialize>>g__F|0_0(Int32) -> F
    private static string MethodName(string frame)
    {
        var name = frame.Trim()["at ".Length..].Split('(')[0];
        var local = LocalFunction().Match(name);
        return local.Success ? local.Groups[1].Value : name[(name.LastIndexOf('.') + 1)..];
    }

    // Types that cells declare, and cells themselves, live in a class named cell#number.
    [GeneratedRegex(@"^   at [^#(\[]*#\d+[.+]")]
    private static partial Regex CellFrame();

    [GeneratedRegex(@"Repeated (\d+) times")]
    private static partial Regex Repeated();

    [GeneratedRegex(@">g__(\w+)\|")]
    private static partial Regex LocalFunction();
}
