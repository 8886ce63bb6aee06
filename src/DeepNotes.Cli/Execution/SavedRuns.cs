using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Running;

namespace DeepNotes.Cli.Execution;

/// <summary>The full results that chapters were saved with, as long as nothing that they depend on has changed.</summary>
internal static class SavedRuns
{
    /// <summary>Each chapter as it was saved; where that does not fit any more the run made now, and a line says why.</summary>
    public static IReadOnlyList<NotebookDocument> InPlaceOf(IReadOnlyList<NotebookDocument> executed, CommandContext context)
    {
        var library = RunFingerprint.LibraryHash(context.Workspace.Library);
        return [.. executed.Select(run =>
        {
            var saved = NotebookDocument.Load(run.Path);
            if (Misfit(saved, library) is not { } reason)
            {
                return saved;
            }

            context.Output.WriteLine($"{run.Name}: {reason}, so the page shows the fast run made now.");
            return run;
        })];
    }

    /// <returns>Null where the saved results are those of a full run of these cells with this library.</returns>
    private static string? Misfit(NotebookDocument saved, string library) => RunFingerprint.Of(saved) switch
    {
        null => "no run is saved",
        { Mode: not RunMode.Full } => "the saved run is not a full one",
        { } run when run.Library != library => "the library changed since the saved run",
        _ when !RunSources.AreThoseOfTheRun(saved) => "its code changed since the saved run",
        _ => null,
    };
}
