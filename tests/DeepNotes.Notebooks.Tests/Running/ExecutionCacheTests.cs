using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Running;
using static DeepNotes.Notebooks.Tests.Running.TestNotebook;

namespace DeepNotes.Notebooks.Tests.Running;

public sealed class ExecutionCacheTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepnotes-cache-").FullName;

    [Fact]
    public async Task An_unchanged_notebook_is_found_with_its_outputs_and_its_own_path()
    {
        var notebook = Notebook("print a");
        var run = await StoreAsync(notebook);

        var found = Cache().Find(Notebook("print a"), Fingerprints.Generated());
        Assert.Equal(run.Document.ToText(), found?.ToText());
        Assert.Equal(notebook.Path, found?.Path);
    }

    [Fact]
    public async Task What_a_run_writes_into_the_notebook_changes_nothing()
    {
        var run = await StoreAsync(Notebook("print a\nset x 5"));
        Assert.NotNull(Cache().Find(run.Document, Fingerprints.Generated()));
    }

    [Fact]
    public async Task A_change_of_source_fingerprint_named_file_or_program_misses()
    {
        File.WriteAllText(In("part.csx"), "1");
        File.WriteAllText(In("engine.dll"), "1");
        const string Source = "#load \"part.csx\"";
        await StoreAsync(Notebook(Source));
        Assert.NotNull(Cache().Find(Notebook(Source), Fingerprints.Generated()));

        Assert.Null(Cache().Find(Notebook(Source + " "), Fingerprints.Generated()));
        Assert.Null(Cache().Find(Notebook(Source), Fingerprints.Generated(RunMode.Fast)));
        Assert.Null(Cache().Find(Notebook(Source), Fingerprints.Generated() with { Data = "mnist 10000" }));

        File.WriteAllText(In("part.csx"), "2");
        Assert.Null(Cache().Find(Notebook(Source), Fingerprints.Generated()));
        File.WriteAllText(In("part.csx"), "1");
        File.WriteAllText(In("engine.dll"), "2");
        Assert.Null(Cache().Find(Notebook(Source), Fingerprints.Generated()));
    }

    [Fact]
    public async Task Failed_runs_are_not_kept()
    {
        await StoreAsync(Notebook("throw x"));
        Assert.Empty(Directory.GetFiles(_folder, "*.ipynb"));
    }

    [Fact]
    public async Task One_entry_per_notebook_and_mode_is_kept()
    {
        await StoreAsync(Notebook("print a"));
        await StoreAsync(Notebook("print b"));
        await StoreAsync(Notebook("print b"), RunMode.Fast);

        Assert.Equal(2, Directory.GetFiles(_folder, "*.ipynb").Length);
    }

    [Fact]
    public async Task A_damaged_entry_counts_as_none()
    {
        await StoreAsync(Notebook("print a"));
        File.WriteAllText(Directory.GetFiles(_folder, "*.ipynb").Single(), "{ \"cells\": [");

        Assert.Null(Cache().Find(Notebook("print a"), Fingerprints.Generated()));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private NotebookDocument Notebook(string code) => At(In("01-a.ipynb"), Code("set x 1\n" + code), Markdown("<!--=x-->0<!--/-->"));

    private string In(string name) => Path.Combine(_folder, name);

    private ExecutionCache Cache() => new(_folder, [In("engine.dll")]);

    private async Task<NotebookRun> StoreAsync(NotebookDocument notebook, RunMode mode = RunMode.Full)
    {
        var options = Fingerprints.Options(mode);
        var run = await new NotebookRunner((_, _, _) => Task.FromResult<ISession>(new ScriptedSession())).RunAsync(notebook, options);
        Cache().Store(run, options.Fingerprint);
        return run;
    }
}
