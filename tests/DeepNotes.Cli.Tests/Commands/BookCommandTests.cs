using DeepNotes.Cli.Tests.Support;
using static DeepNotes.Notebooks.Tests.Running.TestNotebook;

namespace DeepNotes.Cli.Tests.Commands;

public sealed class BookCommandTests : IDisposable
{
    private readonly TestRepository _repository = new();

    [Fact]
    public async Task Unchanged_chapters_are_not_run_twice()
    {
        _repository.Add("01-a", Markdown("# First"), Code("print a"));
        _repository.Add("02-b", Markdown("# Second"), Code("print b"));
        var (code, output, _) = await _repository.RunAsync("book");

        Assert.Equal((0, 2), (code, _repository.Sessions));
        Assert.Contains(_repository.In("out", "book", "index.html"), output);
        Assert.True(File.Exists(_repository.In("out", "book", "01-a.html")));

        _repository.Add("02-b", Markdown("# Second"), Code("print c"));
        (code, output, _) = await _repository.RunAsync("book");
        Assert.Equal((0, 3), (code, _repository.Sessions));
        Assert.Contains("01-a  unchanged", output);
        Assert.Contains("02-b  cell 2", output);
    }

    [Fact]
    public async Task Saved_executes_nothing_and_out_chooses_the_folder()
    {
        _repository.Add("01-a", Markdown("# First"), Code("print a"));
        var (code, _, _) = await _repository.RunAsync("book", "--saved", "--out", "pages");

        Assert.Equal((0, 0), (code, _repository.Sessions));
        Assert.True(File.Exists(_repository.In("pages", "index.html")));
    }

    [Fact]
    public async Task A_failed_chapter_publishes_nothing_and_is_run_again_next_time()
    {
        _repository.Add("01-a", Code("throw bad"));
        var (code, _, error) = await _repository.RunAsync("book");

        Assert.Equal(1, code);
        Assert.Contains("cell 1, line 1: InvalidOperationException: bad", error);
        Assert.Contains("1 of 1 notebooks failed", error);
        Assert.False(Directory.Exists(_repository.In("out", "book")));
        await _repository.RunAsync("book");
        Assert.Equal(2, _repository.Sessions);
    }

    public void Dispose() => _repository.Dispose();
}
