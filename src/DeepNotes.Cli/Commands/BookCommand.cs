using System.CommandLine;
using System.Diagnostics;
using DeepNotes.Cli.Execution;
using DeepNotes.Notebooks.Book;

namespace DeepNotes.Cli.Commands;

/// <summary>Executes the chapters that changed and publishes the book, with the saved full results where they are up to date.</summary>
internal static class BookCommand
{
    private const string Subtitle = "Deep learning understood by running it, in C#: every interview question derived, proved by numbers and drawn.";

    public static Command Create(CommandContext context)
    {
        var chapters = new ExecutedChapters();
        var output = new Option<string>("--out") { HelpName = "DIR", Description = "Output folder. Default: out/book" };
        var repository = new Option<string>("--repository")
        {
            HelpName = "URL",
            Description = "Web address of the repository that the pages link to. Default: that of the clone's remote \"origin\"",
        };
        var open = new Option<bool>("--open") { Description = "Open the book in the browser." };
        var command = new ExampleCommand(
            "book", "Publish all chapters as web pages with their saved full results. A fast run, only of chapters that changed, first checks each claim on this machine.",
            "deepnotes book --open",
            "deepnotes book --full --out /tmp/book   full results of this machine, in another folder",
            "deepnotes book --saved                  saved outputs, without executing") { output, repository, open };
        chapters.AddTo(command);
        command.SetAction(async (result, cancellation) =>
        {
            var folder = Path.GetFullPath(result.GetValue(output) ?? Path.Combine(context.Workspace.Output, "book"), context.CurrentDirectory);
            var address = result.GetValue(repository) is { } given
                ? RepositoryAddress.OfRemote(given) ?? throw new CommandFailure($"--repository: expected an address such as https://github.com/owner/name, got {given}.")
                : await RepositoryAddress.OfAsync(context.Workspace.Root, cancellation);
            var (executed, allLoaded) = await chapters.GetAsync(NotebookPaths.Resolve([], context), result, context, cancellation);
            var documents = chapters.Checks(result) ? SavedRuns.PreferSaved(executed, context) : executed;
            var book = BookPublisher.Publish(documents, new BookOptions
            {
                OutputFolder = folder,
                FrontEnd = context.FindFrontEnd(),
                Checks = chapters.Executes(result) ? executed.DistinctBy(chapter => chapter.Name).ToDictionary(chapter => chapter.Name) : new(),
                Title = context.Workspace.IsClone ? "DeepNotes" : Path.GetFileName(context.Workspace.Root),
                Subtitle = context.Workspace.IsClone ? Subtitle : null,
                ListsFolder = context.Workspace.Notebooks,
                CompileReferences = context.Workspace.LibraryAssemblies,
                CacheFolder = context.Workspace.Cache,
                RepositoryAddress = address,
            });
            ShowNotes(book, context);
            if (result.GetValue(open))
            {
                Process.Start(new ProcessStartInfo(book.IndexPage) { UseShellExecute = true })?.Dispose();
            }

            return context.Report(book.Failures, allLoaded);
        });
        return command;
    }

    private static void ShowNotes(BookResult book, CommandContext context)
    {
        foreach (var note in book.Notes)
        {
            context.Output.WriteLine(note);
        }

        context.Output.WriteLine($"Book ({book.Pages.Count} pages): {book.IndexPage}");
    }
}
