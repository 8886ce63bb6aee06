using System.CommandLine;
using DeepNotes.Cli.Execution;
using DeepNotes.Cli.Figures;
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
            "figures", "Write every figure to out/figures/<chapter>/<cell id>.svg, .json (plotly) and .png.",
            "deepnotes figures             all chapters",
            "deepnotes figures 04 --full   one chapter at full settings") { paths };
        chapters.AddTo(command);
        command.SetAction(async (result, cancellation) =>
        {
            var (documents, areAll) = await chapters.GetAsync(NotebookPaths.Resolve(result.GetValue(paths)!, context), result, context, cancellation);
            var folder = Path.Combine(context.Repository.Output, "figures");
            await using var browser = await StartBrowserAsync(context, cancellation);
            var export = new FigureExport(folder, browser);
            foreach (var document in documents)
            {
                context.Output.WriteLine($"{document.Name}: {await export.WriteAsync(document, cancellation)} figures");
            }

            context.Output.WriteLine($"The figures: {folder}");
            return areAll ? ExitCode.Good : ExitCode.Failed;
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
            context.Output.WriteLine($"Without pictures (.png), only .svg and .json: {error.Message}");
            return null;
        }
    }
}
