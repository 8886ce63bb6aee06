using System.IO.Enumeration;
using DeepNotes.Notebooks.Running;

namespace DeepNotes.Cli.Execution;

/// <summary>Resolves command-line arguments to notebooks.</summary>
internal static class NotebookPaths
{
    private const string Extension = ".ipynb";

    /// <summary>Each argument is a notebook, a folder, a pattern ("notebooks/0*.ipynb") or a chapter: "04", "11a", or "11" for 11a and 11b.</summary>
    public static IReadOnlyList<string> Resolve(IReadOnlyList<string> arguments, CommandContext context) =>
        arguments.Count == 0
            ? InFolder(context.Workspace.Notebooks, context)
            : [.. arguments.SelectMany(argument => ResolveOne(argument, context)).Distinct(StringComparer.Ordinal)];

    private static IReadOnlyList<string> ResolveOne(string argument, CommandContext context)
    {
        var path = Path.GetFullPath(argument, context.CurrentDirectory);
        if (File.Exists(path))
        {
            return [path];
        }

        if (Directory.Exists(path))
        {
            return InFolder(path, context);
        }

        IReadOnlyList<string> found = argument.AsSpan().ContainsAny('*', '?')
            ? Matching(Path.GetDirectoryName(path)!, Path.GetFileName(path))
            : Chapter(argument, context.Workspace.Notebooks);
        return found.Count > 0 ? found : throw CommandFailure.Usage($"{argument}: no such notebook, folder or chapter.");
    }

    private static IReadOnlyList<string> Chapter(string number, string folder) =>
    [
        .. Matching(folder, $"{number}-*{Extension}"),
        .. number.Length > 0 && char.IsAsciiDigit(number[^1])
            ? Matching(folder, $"{number}?-*{Extension}").Where(path => char.IsAsciiLetterLower(Path.GetFileName(path)[number.Length])) : [],
    ];

    private static IReadOnlyList<string> InFolder(string folder, CommandContext context)
    {
        var found = Matching(folder, "*" + Extension);
        return found.Count > 0 ? found : throw CommandFailure.Usage($"{context.DisplayPath(folder)}: no notebooks (*{Extension}) in this folder.");
    }

    private static IReadOnlyList<string> Matching(string folder, string pattern) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder)
            .Where(file => !file.EndsWith(NotebookRun.UnsavedEnding, StringComparison.Ordinal)
                && FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(file)))
            .Order(StringComparer.Ordinal)]
        : [];
}
