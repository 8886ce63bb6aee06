using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Running;
using static DeepNotes.Notebooks.Tests.Running.TestNotebook;

namespace DeepNotes.Notebooks.Tests.Running;

public sealed class ExecutionCacheTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepnotes-cache-").FullName;

    [Fact]
    public async Task An_unchanged_notebook_is_found_with_its_outputs_and_path()
    {
        var notebook = Notebook("print a");
        var run = await StoreAsync(notebook);

        var found = Cache().Find(Notebook("print a"), Fingerprints.Generated());
        Assert.Equal(run.Document.ToText(), found?.ToText());
        Assert.Equal(notebook.Path, found?.Path);
    }

    [Fact]
    public async Task Changes_written_by_a_run_do_not_invalidate_the_cache()
    {
        var run = await StoreAsync(Notebook("print a\nset x 5"));
        Assert.NotNull(Cache().Find(run.Document, Fingerprints.Generated()));
    }

    [Fact]
    public async Task A_change_of_source_fingerprint_loaded_file_or_program_invalidates_the_cache()
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
    public async Task Failed_runs_are_not_cached()
    {
        await StoreAsync(Notebook("throw x"));
        Assert.Empty(Directory.GetFiles(_folder, "*.ipynb"));
    }

    [Fact]
    public async Task The_cache_has_one_entry_per_notebook_and_mode()
    {
        await StoreAsync(Notebook("print a"));
        await StoreAsync(Notebook("print b"));
        await StoreAsync(Notebook("print b"), RunMode.Fast);

        Assert.Equal(2, Directory.GetFiles(_folder, "*.ipynb").Length);
    }

    public static TheoryData<string, Action<string>> Damages => new()
    {
        { "cut off", path => File.WriteAllText(path, "{ \"cells\": [") },
        { "empty", path => File.WriteAllText(path, "") },
        { "not text", path => File.WriteAllBytes(path, [0xFF, 0, 0x80]) },
        { "another type", path => File.WriteAllText(path, "[]") },
        { "wrong types", path => File.WriteAllText(path, """{"cells":[{"cell_type":"code","id":"a","metadata":7,"source":7,"outputs":7}],"metadata":7,"nbformat":4,"nbformat_minor":5}""") },
        { "another notebook", path => File.WriteAllText(path, File.ReadAllText(path).Replace("print a", "print b", StringComparison.Ordinal)) },
        { "another run", path => File.WriteAllText(path, File.ReadAllText(path).Replace("\"generated\"", "\"mnist\"", StringComparison.Ordinal)) },
        {
            "a folder", path =>
            {
                File.Delete(path);
                Directory.CreateDirectory(path);
            }
        },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_damaged_entry_is_ignored(string what, Action<string> damage)
    {
        await StoreAsync(Notebook("print a"));
        damage(Directory.GetFiles(_folder, "*.ipynb").Single());

        Assert.True(Cache().Find(Notebook("print a"), Fingerprints.Generated()) is null, what);
    }

    [Fact]
    public async Task A_cache_that_cannot_be_written_is_ignored()
    {
        File.WriteAllText(In("file"), "");
        var cache = new ExecutionCache(In("file"), [In("engine.dll")]);

        Assert.True((await StoreAsync(Notebook("print a"), cache: cache)).Succeeded);
        Assert.Null(cache.Find(Notebook("print a"), Fingerprints.Generated()));
    }

    [Fact]
    public async Task Only_older_entries_of_the_same_notebook_are_deleted()
    {
        File.WriteAllText(In("01-a.full.notes.ipynb"), "mine");
        File.WriteAllText(In("01-a.full.b.full.0123456789abcdef.ipynb"), "of another notebook");

        await StoreAsync(Notebook("print a"));

        Assert.Equal(3, Directory.GetFiles(_folder, "*.ipynb").Length);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private NotebookDocument Notebook(string code) => At(In("01-a.ipynb"), Code("set x 1\n" + code), Markdown("<!--=x-->0<!--/-->"));

    private string In(string name) => Path.Combine(_folder, name);

    private ExecutionCache Cache() => new(_folder, [In("engine.dll")]);

    private async Task<NotebookRun> StoreAsync(NotebookDocument notebook, RunMode mode = RunMode.Full, ExecutionCache? cache = null)
    {
        var options = Fingerprints.Options(mode);
        var run = await new NotebookRunner((_, _, _) => Task.FromResult<ISession>(new ScriptedSession())).RunAsync(notebook, options);
        (cache ?? Cache()).Store(run, options.Fingerprint);
        return run;
    }
}
