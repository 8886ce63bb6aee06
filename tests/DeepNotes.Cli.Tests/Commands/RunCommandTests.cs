using System.Runtime.Versioning;
using DeepNotes.Cli.Tests.Support;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Tests.Support;
using static DeepNotes.Notebooks.Tests.Running.TestNotebook;

namespace DeepNotes.Cli.Tests.Commands;

public sealed class RunCommandTests : IDisposable
{
    private readonly TestRepository _repository = new();

    [Fact]
    public async Task Run_saves_a_notebook_and_prints_its_cells_and_a_summary()
    {
        var path = _repository.Add("01-a", Markdown("<!--=x-->?<!--/-->"), Code("set x 5\nprint hello"));
        var (code, output, error) = await _repository.RunAsync("run");

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("Data: generated; for real digits: deepnotes data get mnist", output);
        Assert.Contains("01-a  cell 2 (1/1)  done", output);
        Assert.Matches(@"01-a +1 +\d+\.\d +cell 2, 0\.0 s +saved", output);
        var saved = NotebookDocument.Load(path);
        Assert.Equal("<!--=x-->5<!--/-->", saved.Cells[0].Source);
        Assert.Single(saved.Cells[1].Outputs);
    }

    [Fact]
    public async Task Fast_mode_writes_only_to_the_output_folder()
    {
        var path = _repository.Add("01-a", Code("print hello"));
        var before = File.ReadAllText(path);
        var (code, _, _) = await _repository.RunAsync("run", "01", "--fast");

        Assert.Equal(0, code);
        Assert.Equal(before, File.ReadAllText(path));
        Assert.Contains("hello", File.ReadAllText(_repository.In("out", "notebooks", "01-a.ipynb")));
    }

    [Theory]
    [InlineData("throw bad", "cell 2, line 1: InvalidOperationException: bad")]
    [InlineData("hang", "cell 2, line 1: stopped at the time limit of 7 s (--timeout raises it).")]
    [InlineData("crash", "cell 2: the process ended.")]
    public async Task A_failed_cell_leaves_the_file_unchanged(string source, string expected)
    {
        var path = _repository.Add("01-a", Code("print fine"), Code(source));
        var before = File.ReadAllText(path);
        var (code, _, error) = await _repository.RunAsync("run", path, "--timeout", "7");

        Assert.Equal(1, code);
        Assert.Equal($"{Path.Combine("notebooks", "01-a.ipynb")}: {expected}{Environment.NewLine}", error);
        Assert.Equal(before, File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_repository.In("notebooks")));
    }

    [Fact]
    public async Task A_failed_notebook_does_not_stop_the_others()
    {
        _repository.Add("01-a", Code("throw bad"));
        var good = _repository.Add("02-b", Code("print fine"));
        var (code, output, _) = await _repository.RunAsync("run", "--jobs", "2");

        Assert.Equal(1, code);
        Assert.Contains("fine", File.ReadAllText(good));
        Assert.True(output.LastIndexOf("01-a", StringComparison.Ordinal) < output.LastIndexOf("02-b", StringComparison.Ordinal));
    }

    public static TheoryData<string, string> InvalidNotebooks => new()
    {
        { "{ \"cells\": [", "not JSON at line 1" },
        { """{"nbformat": 3, "worksheets": []}""", "nbformat 3, expected 4" },
        { """{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}""", "no cells" },
        {
            """{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "code", "id": "a", "source": ""}, {"cell_type": "code", "id": "a", "source": ""}]}""",
            "cells 1 and 2 have the same id \"a\""
        },
    };

    [Theory]
    [MemberData(nameof(InvalidNotebooks))]
    public async Task An_invalid_notebook_gives_a_one_line_error(string text, string expected)
    {
        var path = _repository.In("notebooks", "01-a.ipynb");
        File.WriteAllText(path, text);
        var (code, _, error) = await _repository.RunAsync("run", "01");

        Assert.Equal(1, code);
        Assert.Contains(expected, Assert.Single(error.TrimEnd().Split('\n')));
        Assert.StartsWith(Path.Combine("notebooks", "01-a.ipynb"), error);
        Assert.Equal(text, File.ReadAllText(path));
    }

    [Fact]
    public async Task Windows_line_endings_are_preserved()
    {
        var path = _repository.Add("01-a", Code("print a\nprint b"));
        File.WriteAllText(path, NotebookDocument.Load(path).Json.ToJsonString(new() { WriteIndented = true, NewLine = "\r\n" }).Replace("\\n", "\\r\\n"));
        var (code, _, _) = await _repository.RunAsync("run");

        Assert.Equal(0, code);
        Assert.Equal("a\nb\n", NotebookDocument.Load(path).Cells[0].Outputs.OfType<StreamOutput>().Single().Text);
        Assert.DoesNotContain('\n', File.ReadAllText(path).Replace("\r\n", ""));
    }

    [UnsupportedOSPlatform("windows")]
    [UnixFact]
    public async Task File_modes_and_links_are_preserved_and_a_read_only_notebook_is_rejected_before_it_runs()
    {
        var path = _repository.Add("01-private", Code("print a"));
        var readOnly = _repository.Add("02-ro", Code("print a"));
        var before = File.ReadAllText(readOnly);
        var link = _repository.In("notebooks", "03-link.ipynb");
        File.CreateSymbolicLink(link, "01-private.ipynb");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.SetUnixFileMode(readOnly, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        var (code, _, error) = await _repository.RunAsync("run");

        Assert.Equal(1, code);
        Assert.Equal($"{Path.Combine("notebooks", "02-ro.ipynb")} is read-only, so it is not written. Make it writable, or use a copy.", error.TrimEnd());
        Assert.Equal((2, before), (_repository.Sessions, File.ReadAllText(readOnly)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal("01-private.ipynb", new FileInfo(link).LinkTarget);
        Assert.Single(NotebookDocument.Load(path).Cells[0].Outputs);
    }

    [Theory]
    [InlineData("python3", "\"Python 3\"", "its kernel is Python 3 (python3), expected C#.")]
    [InlineData("python3", "7", "metadata.kernelspec.display_name: expected a string, got 7.")]
    public async Task A_notebook_of_another_kernel_is_rejected_and_the_others_run(string name, string title, string expected)
    {
        var path = _repository.In("notebooks", "01-a.ipynb");
        var text = $$$"""{"cells":[{"cell_type":"code","source":"1"}],"metadata":{"kernelspec":{"name":"{{{name}}}","display_name":{{{title}}}}},"nbformat":4,"nbformat_minor":4}""";
        File.WriteAllText(path, text);
        _repository.Add("02-b", Code("print a"));
        var (code, output, error) = await _repository.RunAsync("run");

        Assert.Equal((1, 1, text), (code, _repository.Sessions, File.ReadAllText(path)));
        Assert.Equal($"{Path.Combine("notebooks", "01-a.ipynb")}: {expected}", error.TrimEnd());
        Assert.Matches(@"02-b .* saved", output);
    }

    [Fact]
    public async Task Unsaved_results_are_not_treated_as_a_notebook()
    {
        _repository.Add("01-a", Code("print a"));
        File.WriteAllText(_repository.In("notebooks", "01-a.unsaved.ipynb"), "{}");
        Assert.Equal(0, (await _repository.RunAsync("run")).Code);
    }

    [Fact]
    public async Task Two_notebooks_of_the_same_name_do_not_overwrite_each_other()
    {
        var first = _repository.Add("01-a", Code("print a"));
        var other = _repository.In("other", "01-a.ipynb");
        At(other, Code("print b")).Save();
        var (code, _, error) = await _repository.RunAsync("run", first, other, "--fast");

        Assert.Equal(1, code);
        Assert.Contains($"{first} is already saved as {_repository.In("out", "notebooks", "01-a.ipynb")}.", error);
    }

    [Fact]
    public async Task An_output_folder_that_cannot_be_written_gives_a_one_line_error()
    {
        _repository.Add("01-a", Code("print a"));
        File.WriteAllText(_repository.In("out"), "a file where the folder should be");
        var (code, _, error) = await _repository.RunAsync("run", "--fast");

        Assert.Equal(1, code);
        Assert.Contains(_repository.In("out"), Assert.Single(error.TrimEnd().Split('\n')));
    }

    [Fact]
    public async Task Cancellation_stops_the_run_and_saves_nothing()
    {
        var path = _repository.Add("01-a", Code("print a"), Code("wait"));
        var before = File.ReadAllText(path);
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var cancellation = new CancellationTokenSource();
        _repository.Waiting = cancellation.Cancel;

        var code = await CommandLine.RunAsync(["run"], _repository.Context(output, error), cancellation.Token);

        Assert.Equal((1, "Stopped. Unfinished results are not saved."), (code, error.ToString().TrimEnd()));
        Assert.Equal(before, File.ReadAllText(path));
    }

    public void Dispose() => _repository.Dispose();
}
