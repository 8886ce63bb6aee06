using DeepNotes.Cli.Tests.Support;
using static DeepNotes.Notebooks.Tests.Running.TestNotebook;

namespace DeepNotes.Cli.Tests.Commands;

public sealed class BookCommandTests : IDisposable
{
    private readonly TestRepository _repository = new();

    [Fact]
    public async Task Unchanged_chapters_are_not_executed_again()
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
    public async Task The_saved_full_run_is_published_after_a_fast_run_has_checked_it()
    {
        _repository.Add("01-a", Markdown("# First"), Code("print a"));
        _repository.Add("02-b", Markdown("# Second"), Code("print b"));
        await _repository.RunAsync("run");
        _repository.Add("03-c", Markdown("# Third"), Code("print c"));
        File.WriteAllText(_repository.In("notebooks", "02-b.ipynb"), File.ReadAllText(_repository.In("notebooks", "02-b.ipynb")).Replace("print b", "print other"));
        var (code, output, _) = await _repository.RunAsync("book");

        Assert.Equal((0, 5), (code, _repository.Sessions));
        Assert.Contains("Results: full run", Page("01-a"));
        Assert.Contains("Results: fast run", Page("02-b"));
        Assert.Contains("Results: fast run", Page("03-c"));
        Assert.DoesNotContain("01-a: ", output);
        Assert.Contains("02-b: its code changed since the saved run, so the page shows the new fast run.", output);
        Assert.Contains("03-c: it has no saved run", output);

        await _repository.RunAsync("book");
        Assert.Equal(5, _repository.Sessions);
    }

    [Theory]
    [InlineData("https://github.com/owner/name", "https://github.com/owner/name")]
    [InlineData("https://someone:secret@example.org:8443/group/sub/name.git/", "https://example.org:8443/group/sub/name")]
    [InlineData("git@github.com:owner/name.git", "https://github.com/owner/name")]
    [InlineData("ssh://git@example.org:2222/owner/name.git", "https://example.org/owner/name")]
    [InlineData("/home/me/name", null)]
    [InlineData("../name.git", null)]
    [InlineData("C:\\work\\name", null)]
    [InlineData("file:///srv/name.git", null)]
    [InlineData("javascript:alert(1)//github.com/a/b", null)]
    [InlineData("https://example.org/a/\"><script>", null)]
    [InlineData("", null)]
    public void A_remote_is_converted_to_its_web_address(string remote, string? address) =>
        Assert.Equal(address, RepositoryAddress.OfRemote(remote));

    [Fact]
    public async Task A_page_links_to_its_source_in_the_repository()
    {
        _repository.Add("01-a", Markdown("# First"), Code("print a"));
        await _repository.RunAsync("book");
        Assert.DoesNotContain("Edit this chapter", Page("01-a"));

        await _repository.RunAsync("book", "--repository", "git@github.com:owner/name.git");
        Assert.Contains("<a href=\"https://github.com/owner/name/edit/main/notebooks/01-a.ipynb\">Edit this chapter</a>", Page("01-a"));

        var (code, _, error) = await _repository.RunAsync("book", "--repository", "name");
        Assert.NotEqual(0, code);
        Assert.Contains("expected an address such as https://github.com/owner/name, got name", error);
    }

    [Fact]
    public async Task A_saved_run_with_another_library_is_not_published()
    {
        _repository.Add("01-a", Markdown("# First"), Code("print a"));
        await _repository.RunAsync("run");
        var library = _repository.Workspace.Library;
        Directory.CreateDirectory(Path.GetDirectoryName(library)!);
        File.Copy(typeof(BookCommandTests).Assembly.Location, library);
        var (_, output, _) = await _repository.RunAsync("book");

        Assert.Contains("01-a: the library changed since the saved run", output);
        Assert.Contains("Results: fast run", Page("01-a"));
    }

    [Fact]
    public async Task Full_publishes_the_new_full_run()
    {
        _repository.Add("01-a", Markdown("# First"), Code("print a"));
        _repository.Data = "mnist 10000";
        await _repository.RunAsync("book", "--full");

        Assert.Contains("Results: full run, mnist 10000 data", Page("01-a"));
    }

    [Fact]
    public async Task Saved_executes_nothing_and_out_selects_the_folder()
    {
        _repository.Add("01-a", Markdown("# First"), Code("print a"));
        var (code, _, _) = await _repository.RunAsync("book", "--saved", "--out", "pages");

        Assert.Equal((0, 0), (code, _repository.Sessions));
        Assert.True(File.Exists(_repository.In("pages", "index.html")));
    }

    [Fact]
    public async Task After_a_failure_nothing_is_published_and_the_chapter_is_executed_again()
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

    [Theory]
    [InlineData("--saved")]
    [InlineData("--full")]
    public async Task An_unreadable_chapter_is_reported_and_the_others_are_published(string option)
    {
        _repository.Add("01-a", Markdown("# First"), Code("print a"));
        File.WriteAllText(
            _repository.In("notebooks", "02-b.ipynb"),
            """{"cells": [{"cell_type": "code", "id": "x", "metadata": {"deepnotes": {"timing": "yes"}}}], "metadata": {"deepnotes": {"chapter": "04"}}, "nbformat": 4}""");
        var (code, _, error) = await _repository.RunAsync("book", option);

        Assert.Equal(1, code);
        Assert.Equal($"{Path.Combine("notebooks", "02-b.ipynb")}: cell 1 (id \"x\"): metadata.deepnotes.timing: expected true or false, got a string.", error.TrimEnd());
        Assert.True(File.Exists(_repository.In("out", "book", "01-a.html")));
        Assert.False(File.Exists(_repository.In("out", "book", "02-b.html")));
    }

    [Fact]
    public async Task A_chapter_that_cannot_be_read_or_rendered_is_reported_and_the_others_are_published()
    {
        _repository.Add("01-a", Markdown("# First"));
        _repository.Add("02-b", Markdown("# Second"), Markdown(new string('>', 3000)));
        File.WriteAllText(_repository.In("notebooks", "03-c.ipynb"), "{ no JSON");
        var (code, output, error) = await _repository.RunAsync("book", "--saved");

        Assert.Equal(1, code);
        Assert.Contains("02-b, cell 2: ", error);
        Assert.Contains("03-c.ipynb: not JSON", error);
        Assert.Contains("Book (3 pages)", output);
        Assert.True(File.Exists(_repository.In("out", "book", "01-a.html")));
    }

    [Theory]
    [InlineData("file")]
    [InlineData("dangling")]
    [InlineData("notebooks")]
    [InlineData("link-to-notebooks")]
    public async Task An_output_folder_with_other_files_is_rejected(string place)
    {
        _repository.Add("01-a", Markdown("# First"));
        File.WriteAllText(_repository.In("file"), "theirs");
        File.CreateSymbolicLink(_repository.In("dangling"), _repository.In("nowhere"));
        Directory.CreateSymbolicLink(_repository.In("link-to-notebooks"), _repository.In("notebooks"));
        var (code, _, error) = await _repository.RunAsync("book", "--saved", "--out", place);

        Assert.Equal(1, code);
        Assert.Contains("--out", error);
        Assert.Equal("theirs", File.ReadAllText(_repository.In("file")));
        Assert.Equal(["01-a.ipynb"], Directory.GetFileSystemEntries(_repository.In("notebooks")).Select(Path.GetFileName));
    }

    private string Page(string name) => File.ReadAllText(_repository.In("out", "book", $"{name}.html"));

    public void Dispose() => _repository.Dispose();
}
