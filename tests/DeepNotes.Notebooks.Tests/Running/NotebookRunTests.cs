using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Running;
using static DeepNotes.Notebooks.Tests.Running.TestNotebook;

namespace DeepNotes.Notebooks.Tests.Running;

public sealed class NotebookRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepnotes-run-").FullName;

    private string Saved => Path.Combine(_folder, "01-a.ipynb");

    [Fact]
    public async Task Saving_replaces_the_notebook_and_leaves_nothing_beside_it()
    {
        var run = await RunAsync("print a");
        run.Save();

        Assert.Equal(run.Document.ToText(), File.ReadAllText(Saved));
        Assert.Equal([Saved], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Same_bytes_leave_the_file_alone()
    {
        (await RunAsync("print a")).Save();
        var old = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(Saved, old);

        (await RunAsync(null)).Save();
        Assert.Equal(old, File.GetLastWriteTimeUtc(Saved));
    }

    [Fact]
    public async Task A_notebook_that_was_edited_meanwhile_keeps_the_edit()
    {
        var run = await RunAsync("print a");
        At(Saved, Code("print edited")).Save();
        var edited = File.ReadAllText(Saved);

        Assert.Contains("changed on disk", Assert.Throws<IOException>(run.Save).Message);
        Assert.Equal(edited, File.ReadAllText(Saved));
    }

    [Fact]
    public async Task A_failed_run_is_not_saved()
    {
        var run = await RunAsync("throw x");
        var before = File.ReadAllText(Saved);

        Assert.Throws<InvalidOperationException>(run.Save);
        Assert.Equal(before, File.ReadAllText(Saved));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<NotebookRun> RunAsync(string? code)
    {
        if (code is not null)
        {
            At(Saved, Code(code)).Save();
        }

        return new NotebookRunner((_, _, _) => Task.FromResult<ISession>(new ScriptedSession()))
            .RunAsync(NotebookDocument.Load(Saved), Fingerprints.Options());
    }
}
