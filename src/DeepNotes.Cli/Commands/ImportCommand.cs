using System.CommandLine;
using DeepNotes.Cli.Execution;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Running;

namespace DeepNotes.Cli.Commands;

/// <summary>Converts .dib files to Jupyter notebooks.</summary>
internal static class ImportCommand
{
    private const string Extension = ".dib";

    public static Command Create(CommandContext context)
    {
        var paths = new Argument<string[]>("PATH") { Description = "Files with the extension .dib, or folders of them.", Arity = ArgumentArity.OneOrMore };
        var command = new ExampleCommand(
            "import", "Convert .NET Interactive's .dib files to Jupyter notebooks (.ipynb) in the same folder. Existing notebooks are not overwritten.",
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
                    context.Output.WriteLine($"{context.DisplayPath(file)}: {context.DisplayPath(Import(file))}");
                }
                catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotebookFormatException)
                {
                    failures.Add(RunSummary.WithPath(context, file, ErrorText.Of(error, context.ShowStackTraces)));
                }
            }

            return context.Report(failures, allLoaded: true);
        });
        return command;
    }

    private static string Import(string file)
    {
        var notebook = Path.ChangeExtension(file, ".ipynb");
        if (File.Exists(notebook))
        {
            throw new IOException($"{notebook} already exists; move or delete it to import again.");
        }

        AtomicFile.WriteAllText(notebook, DibFile.ToNotebook(File.ReadAllText(file), notebook).ToText());
        return notebook;
    }

    private static IReadOnlyList<string> Files(string argument, CommandContext context)
    {
        var path = Path.GetFullPath(argument, context.CurrentDirectory);
        IReadOnlyList<string> found = Directory.Exists(path)
            ? [.. Directory.EnumerateFiles(path, "*" + Extension).Order(StringComparer.Ordinal)]
            : File.Exists(path) && Path.GetExtension(path).Equals(Extension, StringComparison.OrdinalIgnoreCase) ? [path] : [];
        return found.Count > 0 ? found : throw CommandFailure.Usage($"{argument}: expected a file with the extension {Extension}, or a folder of them.");
    }
}
