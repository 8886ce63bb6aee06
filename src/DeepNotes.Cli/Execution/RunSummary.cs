using Spectre.Console;

namespace DeepNotes.Cli.Execution;

/// <summary>Writes a summary table at the end of a run, followed by the problems.</summary>
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
                result.Succeeded ? $"[green]{Markup.Escape(result.Remark)}[/]" : $"[red]{Markup.Escape(result.Remark)}[/]");
        }

        context.CreateConsole().Write(table);
        foreach (var result in results)
        {
            foreach (var problem in result.Problems)
            {
                context.Error.WriteLine(WithPath(context, result.Path, problem));
            }
        }
    }

    private static string Slowest(NotebookResult result) =>
        result.Cells.MaxBy(cell => cell.Duration) is { } cell ? $"cell {cell.CellNumber}, {cell.Duration.TotalSeconds:0.0} s" : "";

    /// <summary>Prefixes a problem with the notebook's display path; errors of reading and saving already begin with the full path.</summary>
    public static string WithPath(CommandContext context, string path, string problem) =>
        problem.StartsWith(path, StringComparison.Ordinal) ? context.DisplayPath(path) + problem[path.Length..] : $"{context.DisplayPath(path)}: {problem}";
}
