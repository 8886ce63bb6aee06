using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Running;
using DeepNotes.Notebooks.Tests.Running;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Documents;

/// <summary>The committed notebooks of the repository.</summary>
public sealed class SavedNotebookTests
{
    private const int LargestBytes = 2_000_000;

    private const string Validate = """
        import sys, nbformat
        for path in sys.argv[1:]:
            notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
            assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5), path
            nbformat.validate(notebook)
        """;

    // A notebook for each minor version, with every kind of cell and output, written by Jupyter's library nbformat.
    private const string Write = """
        import sys, nbformat
        from nbformat import v4
        for minor in range(6):
            data = {"text/plain": "1\n\u2028é\U0001F600", "application/json": {"x": [1.0, 1e30]}, "image/png": "AAAA"}
            outputs = [v4.new_output("stream", text="a\nb\n"), v4.new_output("display_data", data, metadata={"isolated": True}),
                       v4.new_output("execute_result", data, execution_count=7), v4.new_output("error", ename="E", evalue="v", traceback=["t"])]
            cells = [v4.new_markdown_cell("# Title\nü", attachments={"a.png": {"image/png": "AAAA"}}), v4.new_raw_cell("raw"),
                     v4.new_code_cell("print a", outputs=outputs),
                     v4.new_code_cell("print b", outputs=outputs, metadata={"tags": ["skip-execution"]}, execution_count=5)]
            notebook = v4.new_notebook(cells=cells, metadata={"kernelspec": {"name": ".net-csharp", "display_name": ".NET (C#)", "language": "C#"}, "zebra": 1})
            notebook.nbformat_minor = minor
            for cell in notebook.cells:
                if minor < 5:
                    del cell["id"]
                if minor < 1:
                    cell.pop("attachments", None)
            nbformat.write(notebook, f"{sys.argv[1]}/{minor}.ipynb", version=nbformat.NO_CONVERT)
        """;

    private const string ValidateAsTheyAre = """
        import sys, nbformat
        for path in sys.argv[1:]:
            notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
            assert str(notebook.nbformat_minor) == path[-7], path
            nbformat.validate(notebook)
        """;

    private static string[] Paths => ChapterFiles.In(Repository.Notebooks);

    [Fact]
    public void They_are_saved_from_a_full_run_with_generated_data()
    {
        Assert.NotEmpty(Paths);
        foreach (var path in Paths)
        {
            var notebook = NotebookDocument.Load(path);
            var run = RunFingerprint.Of(notebook);
            Assert.True(run is { Data: "generated", Mode: RunMode.Full }, $"{notebook.Name}: saved by {run?.ToJson().ToJsonString() ?? "no run"}");
            Assert.Equal("deepnotes", (string?)notebook.Json["metadata"]!["kernelspec"]!["name"]);
            Assert.All(notebook.Cells.Where(cell => cell.IsCode), cell => Assert.Equal(cell.Tags.Contains("skip-execution"), cell.ExecutionCount is null));
            Assert.DoesNotContain(notebook.Cells.SelectMany(cell => cell.Outputs), output => output is ErrorOutput);
            Assert.True(new FileInfo(path).Length < LargestBytes, $"{notebook.Name} is larger than {LargestBytes:N0} bytes");
        }
    }

    [Fact]
    public void Reading_and_writing_changes_no_byte() =>
        Assert.All(Paths, path => Assert.Equal(File.ReadAllText(path), NotebookDocument.Load(path).ToText()));

    [JupyterFact]
    public void They_are_valid_nbformat_4_5()
    {
        var (exitCode, output) = JupyterTools.Run(["-c", Validate, .. Paths]);
        Assert.True(exitCode == 0, output);
    }

    [JupyterFact]
    public void Jupyter_can_convert_them_to_HTML()
    {
        using var folder = new TemporaryFolder();
        string[] paths = [.. ChapterFiles.Tested(Paths)];
        var (exitCode, output) = JupyterTools.Run(["-m", "nbconvert", "--to", "html", "--output-dir", folder.Path, .. paths]);
        Assert.True(exitCode == 0, output);
        Assert.Equal(paths.Length, Directory.GetFiles(folder.Path, "*.html").Length);
    }

    [JupyterFact]
    public async Task Notebooks_of_Jupyter_round_trip_byte_for_byte_and_are_valid_after_a_run()
    {
        using var folder = new TemporaryFolder();
        var (exitCode, output) = JupyterTools.Run(["-c", Write, folder.Path]);
        Assert.True(exitCode == 0, output);
        var paths = Directory.GetFiles(folder.Path);
        Assert.Equal(6, paths.Length);
        foreach (var path in paths)
        {
            var notebook = NotebookDocument.Load(path);
            Assert.Equal(File.ReadAllBytes(path), notebook.ToBytes());
            var run = await new NotebookRunner((_, _, _) => Task.FromResult<ISession>(new ScriptedSession())).RunAsync(notebook, Fingerprints.Options());
            run.Save();
        }

        (exitCode, output) = JupyterTools.Run(["-c", ValidateAsTheyAre, .. paths]);
        Assert.True(exitCode == 0, output);
    }
}
