using System.CommandLine;
using DeepNotes.Cli.Execution;
using DeepNotes.Notebooks.Browsers;

namespace DeepNotes.Cli.Commands;

/// <summary>Writes the figures of executed notebooks to files.</summary>
internal static class FiguresCommand
{
    public static Command Create(CommandContext context)
    {
        var paths = SharedOptions.Paths();
        var chapters = new ExecutedChapters();
        var command = new ExampleCommand(
            "figures", "Write every figure to out/figures/<chapter or notebook>/<cell id>.svg, .json (plotly.js) and .png.",
            "deepnotes figures             all chapters",
            "deepnotes figures 04 --full   one chapter at full settings") { paths };
        chapters.AddTo(command);
        command.SetAction(async (result, cancellation) =>
        {
            var (documents, allLoaded) = await chapters.GetAsync(NotebookPaths.Resolve(result.GetValue(paths)!, context), result, context, cancellation);
            var folder = Path.Combine(context.Workspace.Output, "figures");
            await using var browser = await StartBrowserAsync(context, cancellation);
            var export = new FigureExport(folder, browser);
            var folders = export.Folders(documents);
            var failures = new List<string>();
            foreach (var document in documents)
            {
                var (figures, errors) = await export.WriteAsync(document, folders[document], cancellation);
                context.Output.WriteLine($"{document.Name}: {figures} figures in {folders[document]}/");
                failures.AddRange(errors);
            }

            context.Output.WriteLine($"Figures: {folder}");
            return context.Report(failures, allLoaded);
        });
        return command;
    }

    private static async Task<Browser?> StartBrowserAsync(CommandContext context, CancellationToken cancellation)
    {
        try
        {
            return await Browser.StartAsync(cancellation);
        }
        catch (BrowserException error)
        {
            context.Output.WriteLine($"Writing .svg and .json only, no .png: {error.Message}");
            return null;
        }
    }
}
