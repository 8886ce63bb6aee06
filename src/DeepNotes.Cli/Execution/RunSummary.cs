using Spectre.Console;

namespace DeepNotes.Cli.Execution;

/// <summary>The table at the end of a run, and what went wrong below it.</summary>
internal static class RunSummary
{
    public static void Write(CommandContext context, IReadOnlyList<NotebookResult> results)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn("Notebook");
        table.AddColumn(new TableColumn("Cells").RightAligned());
        table.AddColumn(new TableColumn("Seconds").RightAligned());
        table.AddColumn("Slowest cell");
        table.AddColumn("Result");
        foreach (var result in results)
        {
            table.AddRow(
                Markup.Escape(Path.GetFileNameWithoutExtension(result.Path)),
                $"{result.Cells.Count}",
                $"{result.Elapsed.TotalSeconds:0.0}",
                Slowest(result),
                result.IsGood ? $"[green]{Markup.Escape(result.Remark)}[/]" : $"[red]{Markup.Escape(result.Remark)}[/]");
        }

        context.CreateConsole().Write(table);
        foreach (var result in results)
        {
            foreach (var problem in result.Problems)
            {
                context.Error.WriteLine(Located(context, result.Path, problem));
            }
        }
    }

    private static string Slowest(NotebookResult result) =>
        result.Cells.MaxBy(cell => cell.Duration) is { } cell ? $"cell {cell.CellNumber}, {cell.Duration.TotalSeconds:0.0} s" : "";

    /// <summary>A notebook's problem with its path as the reader would type it; errors of reading and saving begin with the path already.</summary>
    public static string Located(CommandContext context, string path, string problem) =>
        problem.StartsWith(path, StringComparison.Ordinal) ? context.Shown(path) + problem[path.Length..] : $"{context.Shown(path)}: {problem}";
}
