using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;

namespace DeepNotes.Notebooks.Execution;

/// <summary>The stack frames that a reader recognises: those of cells, and of the libraries they reference.</summary>
internal static partial class CellTrace
{
    private const int MaxLines = 20;

    /// <param name="Function">The function as the reader wrote it; null for the cell itself.</param>
    /// <param name="Place">"cell 7, line 3"; null in a library.</param>
    public sealed record Frame(string? Function, string? Place)
    {
        public override string ToString() => string.Join(", ", ((string?[])[Function, Place]).Where(part => part is not null));
    }

    public static IReadOnlyList<Frame> Frames(StackTrace trace) => [.. trace.GetFrames().Select(Read).OfType<Frame>()];

    /// <summary>The frames as lines; repeated frames of a recursion are collapsed into one with a count.</summary>
    public static IReadOnlyList<string> Lines(IReadOnlyList<Frame> frames)
    {
        var lines = new List<string>();
        for (int i = 0, next; i < frames.Count && lines.Count < MaxLines; i = next)
        {
            for (next = i + 1; next < frames.Count && frames[next] == frames[i];)
            {
                next++;
            }

            lines.Add(next == i + 1 ? $"   at {frames[i]}" : $"   at {frames[i]} ({next - i} times)");
        }

        return lines;
    }

    private static Frame? Read(StackFrame frame)
    {
        if (frame.GetMethod() is not { DeclaringType: { } type } method
            || AssemblyLoadContext.GetLoadContext(type.Assembly) is not CellAssemblies)
        {
            return null;
        }

        var isCell = type.Assembly.GetName().Name!.Contains('#', StringComparison.Ordinal);
        if (!isCell)
        {
            return new Frame($"{type.Name}.{FunctionName(method) ?? method.Name}", null);
        }

        var line = frame.GetFileLineNumber();
        var file = frame.GetFileName();
        return line == 0 || file is null ? null : new Frame(FunctionName(method), $"{Path.GetFileName(file)}, line {line}");
    }

    // Compiler-generated names: <F>g__G|0_1 is the local function G, <F>d__3.MoveNext the body of F (async or iterator),
    // <F>b__0 a lambda in F, and <<Initialize>>d__0.MoveNext the cell itself.
    private static string? FunctionName(MethodBase method)
    {
        var name = method.Name == "MoveNext" ? method.DeclaringType!.Name : method.Name;
        if (name.Contains("<Initialize>", StringComparison.Ordinal) || name is "<Factory>" or ".ctor")
        {
            return LocalName().Match(name) is { Success: true } local ? local.Groups[1].Value : name.Contains(">b__", StringComparison.Ordinal) ? "lambda" : null;
        }

        if (LocalName().Match(name) is { Success: true } inner)
        {
            return inner.Groups[1].Value;
        }

        return name.Contains(">b__", StringComparison.Ordinal) ? "lambda"
            : OuterName().Match(name) is { Success: true } outer ? outer.Groups[1].Value
            : name;
    }

    [GeneratedRegex(@">g__(\w+)\|")]
    private static partial Regex LocalName();

    [GeneratedRegex(@"^<(\w+)>")]
    private static partial Regex OuterName();
}
