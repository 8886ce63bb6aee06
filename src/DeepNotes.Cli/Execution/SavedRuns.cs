using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Running;

namespace DeepNotes.Cli.Execution;

/// <summary>Chooses the saved full results of chapters over a fast run, unless something that they depend on has changed.</summary>
internal static class SavedRuns
{
    /// <summary>Returns each chapter as saved, or, where that is out of date, the run just made; prints the reason.</summary>
    public static IReadOnlyList<NotebookDocument> PreferSaved(IReadOnlyList<NotebookDocument> executed, CommandContext context)
    {
        var library = RunFingerprint.LibraryHash(context.Workspace.Library);
        return [.. executed.Select(run =>
        {
            var saved = NotebookDocument.Load(run.Path);
            if (WhyOutdated(saved, library) is not { } reason)
            {
                return saved;
            }

            context.Output.WriteLine($"{run.Name}: {reason}, so the page shows the new fast run.");
            return run;
        })];
    }

    /// <returns>Null if the saved results are those of a full run of the same cells with the same library.</returns>
    private static string? WhyOutdated(NotebookDocument saved, string library) => RunFingerprint.Of(saved) switch
    {
        null => "it has no saved run",
        { Mode: not RunMode.Full } => "the saved run is not a full run",
        { } run when run.Library != library => "the library changed since the saved run",
        _ when !RunSources.AreThoseOfTheRun(saved) => "its code changed since the saved run",
        _ => null,
    };
}
