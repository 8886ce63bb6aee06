using System.Runtime.Versioning;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Running;
using DeepNotes.Notebooks.Tests.Support;
using static DeepNotes.Notebooks.Tests.Running.TestNotebook;

namespace DeepNotes.Notebooks.Tests.Running;

public sealed class NotebookRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepnotes-run-").FullName;

    private string Unsaved => Path.Combine(_folder, "01-a.unsaved.ipynb");

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

        Assert.Equal(
            $"{Saved}: changed on disk while it ran, so it is left as it is. The results are in {Unsaved}.",
            Assert.Throws<IOException>(run.Save).Message);
        Assert.Equal(edited, File.ReadAllText(Saved));
        Assert.Equal(run.Document.ToText(), File.ReadAllText(Unsaved));

        Assert.EndsWith("01-a-2.unsaved.ipynb.", Assert.Throws<IOException>(run.Save).Message, StringComparison.Ordinal);
        Assert.Equal(3, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public async Task The_same_results_that_somebody_else_has_saved_are_no_conflict()
    {
        var first = await RunAsync("print a");
        var second = await RunAsync(null);
        first.Save();
        second.Save();
        Assert.Equal([Saved], Directory.GetFileSystemEntries(_folder));
    }

    [UnsupportedOSPlatform("windows")]
    [UnixFact]
    public async Task Results_of_a_notebook_that_became_read_only_are_saved_beside_it()
    {
        var run = await RunAsync("print a");
        File.SetUnixFileMode(Saved, UnixFileMode.UserRead);

        Assert.Equal(
            $"{Saved} is read-only, so it is not written. Make it writable, or use a copy. The results are in {Unsaved}.",
            Assert.Throws<IOException>(run.Save).Message);
        Assert.Equal(run.Document.ToText(), File.ReadAllText(Unsaved));
    }

    [Fact]
    public async Task Results_of_a_notebook_that_is_gone_are_saved_beside_it_or_else_in_a_temporary_folder()
    {
        var run = await RunAsync("print a");
        File.Delete(Saved);
        Assert.EndsWith($"The results are in {Unsaved}.", Assert.Throws<IOException>(run.Save).Message, StringComparison.Ordinal);

        Directory.Delete(_folder, recursive: true);
        File.WriteAllText(_folder, "a file where the folder was");
        var place = Assert.Throws<IOException>(run.Save).Message.Split(" The results are in ")[1].TrimEnd('.');
        Assert.Equal(run.Document.ToText(), File.ReadAllText(place));
        Directory.Delete(Path.GetDirectoryName(place)!, recursive: true);
        File.Delete(_folder);
        Directory.CreateDirectory(_folder);
    }

    [Fact]
    public async Task Results_that_cannot_go_to_another_file_are_saved_beside_the_notebook()
    {
        var run = await RunAsync("print a");
        Assert.Equal(
            $"{_folder} is a folder; expected a file. The results are in {Unsaved}.", Assert.Throws<IOException>(() => run.SaveAs(_folder)).Message);
        Assert.Equal(run.Document.ToText(), File.ReadAllText(Unsaved));
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
