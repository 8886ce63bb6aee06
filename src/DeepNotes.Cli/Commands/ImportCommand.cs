using System.CommandLine;
using DeepNotes.Cli.Execution;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Import;

namespace DeepNotes.Cli.Commands;

/// <summary>Makes Jupyter notebooks of files in the format .dib.</summary>
internal static class ImportCommand
{
    private const string Ending = ".dib";

    public static Command Create(CommandContext context)
    {
        var paths = new Argument<string[]>("PATH") { Description = "Files that end in .dib, or folders of such.", Arity = ArgumentArity.OneOrMore };
        var command = new ExampleCommand(
            "import", "Make Jupyter notebooks (.ipynb) of .NET Interactive's .dib files, each beside its file; nothing is overwritten.",
            "deepnotes import lesson.dib",
            "deepnotes import course") { paths };
        command.SetAction(result =>
        {
            var files = result.GetValue(paths)!.SelectMany(path => Files(path, context)).Distinct(StringComparer.Ordinal).ToList();
            var failures = new List<string>();
            foreach (var file in files)
            {
                try
                {
                    context.Output.WriteLine($"{context.Shown(file)}: {context.Shown(Import(file))}");
                }
                catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotebookFormatException)
                {
                    failures.Add(RunSummary.Located(context, file, ErrorText.Of(error, context.ShowsTraces)));
                }
            }

            return context.Report(failures, areAll: true);
        });
        return command;
    }

    private static string Import(string file)
    {
        var notebook = Path.ChangeExtension(file, ".ipynb");
        if (File.Exists(notebook))
        {
            throw new IOException($"{notebook} is there already; move or delete it to import again.");
        }

        AtomicFile.WriteAllText(notebook, DibFile.ToNotebook(File.ReadAllText(file), notebook).ToText());
        return notebook;
    }

    private static IReadOnlyList<string> Files(string argument, CommandContext context)
    {
        var path = Path.GetFullPath(argument, context.CurrentDirectory);
        IReadOnlyList<string> found = Directory.Exists(path)
            ? [.. Directory.EnumerateFiles(path, "*" + Ending).Order(StringComparer.Ordinal)]
            : File.Exists(path) && Path.GetExtension(path).Equals(Ending, StringComparison.OrdinalIgnoreCase) ? [path] : [];
        return found.Count > 0 ? found : throw CommandFailure.Usage($"{argument}: expected a file that ends in {Ending}, or a folder of such.");
    }
}
