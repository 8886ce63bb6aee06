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
    public async Task Saving_replaces_the_notebook_and_leaves_no_other_files()
    {
        var run = await RunAsync("print a");
        run.Save();

        Assert.Equal(run.Document.ToText(), File.ReadAllText(Saved));
        Assert.Equal([Saved], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task An_unchanged_notebook_is_not_written()
    {
        (await RunAsync("print a")).Save();
        var old = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(Saved, old);

        (await RunAsync(null)).Save();
        Assert.Equal(old, File.GetLastWriteTimeUtc(Saved));
    }

    [Fact]
    public async Task A_notebook_edited_during_the_run_is_not_overwritten()
    {
        var run = await RunAsync("print a");
        At(Saved, Code("print edited")).Save();
        var edited = File.ReadAllText(Saved);

        Assert.Equal(
            $"{Saved}: changed on disk during the run, so it is not overwritten. The results are in {Unsaved}.",
            Assert.Throws<IOException>(run.Save).Message);
        Assert.Equal(edited, File.ReadAllText(Saved));
        Assert.Equal(run.Document.ToText(), File.ReadAllText(Unsaved));

        Assert.EndsWith("01-a-2.unsaved.ipynb.", Assert.Throws<IOException>(run.Save).Message, StringComparison.Ordinal);
        Assert.Equal(3, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public async Task Equal_results_saved_during_the_run_are_not_a_conflict()
    {
        var first = await RunAsync("print a");
        var second = await RunAsync(null);
        first.Save();
        second.Save();
        Assert.Equal([Saved], Directory.GetFileSystemEntries(_folder));
    }

    [UnsupportedOSPlatform("windows")]
    [UnixFact]
    public async Task If_the_notebook_becomes_read_only_the_results_are_saved_to_another_file()
    {
        var run = await RunAsync("print a");
        File.SetUnixFileMode(Saved, UnixFileMode.UserRead);

        Assert.Equal(
            $"{Saved} is read-only, so it is not written. Make it writable, or use a copy. The results are in {Unsaved}.",
            Assert.Throws<IOException>(run.Save).Message);
        Assert.Equal(run.Document.ToText(), File.ReadAllText(Unsaved));
    }

    [Fact]
    public async Task If_the_notebook_was_deleted_the_results_are_saved_in_its_folder_or_in_a_temporary_one()
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
    public async Task If_the_target_cannot_be_written_the_results_are_saved_in_the_notebooks_folder()
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
