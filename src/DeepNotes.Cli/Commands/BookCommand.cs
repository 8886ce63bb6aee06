using System.CommandLine;
using System.Diagnostics;
using DeepNotes.Cli.Execution;
using DeepNotes.Notebooks.Book;

namespace DeepNotes.Cli.Commands;

/// <summary>Executes every chapter, as far as it changed, and publishes the book: the saved full results where they still fit.</summary>
internal static class BookCommand
{
    private const string Subtitle = "Deep learning understood by running it, in C#: every interview question derived, proved by numbers and drawn.";

    public static Command Create(CommandContext context)
    {
        var chapters = new ExecutedChapters();
        var output = new Option<string>("--out") { HelpName = "DIR", Description = "Where the pages go. Default: out/book" };
        var repository = new Option<string>("--repository")
        {
            HelpName = "URL",
            Description = "Web address of the repository that the pages lead to. Default: that of the clone's remote \"origin\"",
        };
        var open = new Option<bool>("--open") { Description = "Open the book in the browser." };
        var command = new ExampleCommand(
            "book", "Publish all chapters as web pages: their saved full results, after a fast run (only of what changed) has checked each claim on this machine.",
            "deepnotes book --open",
            "deepnotes book --full --out /tmp/book   this machine's own full results, elsewhere",
            "deepnotes book --saved                  what the notebooks hold, without executing") { output, repository, open };
        chapters.AddTo(command);
        command.SetAction(async (result, cancellation) =>
        {
            var folder = Path.GetFullPath(result.GetValue(output) ?? Path.Combine(context.Workspace.Output, "book"), context.CurrentDirectory);
            var address = result.GetValue(repository) is { } wish
                ? RepositoryAddress.OfRemote(wish) ?? throw new CommandFailure($"--repository: expected an address such as https://github.com/owner/name, got {wish}.")
                : await RepositoryAddress.OfAsync(context.Workspace.Root, cancellation);
            var (executed, areAll) = await chapters.GetAsync(NotebookPaths.Resolve([], context), result, context, cancellation);
            var documents = chapters.Checks(result) ? SavedRuns.InPlaceOf(executed, context) : executed;
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

            return context.Report(book.Failures, areAll);
        });
        return command;
    }

    private static void ShowNotes(BookResult book, CommandContext context)
    {
        foreach (var note in book.Notes)
        {
            context.Output.WriteLine(note);
        }

        context.Output.WriteLine($"The book, {book.Pages.Count} pages: {book.IndexPage}");
    }
}
