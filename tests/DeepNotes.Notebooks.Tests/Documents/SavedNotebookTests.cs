using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Running;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Documents;

/// <summary>The notebooks of the repository, as they are committed.</summary>
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

    private static string[] Paths => [.. Directory.GetFiles(Repository.Notebooks, "*.ipynb").Order(StringComparer.Ordinal)];

    [Fact]
    public void They_are_saved_whole_from_a_full_run_with_generated_data()
    {
        Assert.NotEmpty(Paths);
        foreach (var path in Paths)
        {
            var notebook = NotebookDocument.Load(path);
            var run = RunFingerprint.Of(notebook);
            Assert.True(run is { Data: "generated", Mode: RunMode.Full }, $"{notebook.Name}: saved by {run?.ToJson().ToJsonString() ?? "no run"}");
            Assert.Equal("deepnotes", (string?)notebook.Json["metadata"]!["kernelspec"]!["name"]);
            Assert.All(notebook.Cells.Where(cell => cell.IsCode), cell => Assert.NotNull(cell.ExecutionCount));
            Assert.DoesNotContain(notebook.Cells.SelectMany(cell => cell.Outputs), output => output is ErrorOutput);
            Assert.True(new FileInfo(path).Length < LargestBytes, $"{notebook.Name} is larger than {LargestBytes:N0} bytes");
        }
    }

    [Fact]
    public void Reading_and_writing_changes_no_byte() =>
        Assert.All(Paths, path => Assert.Equal(File.ReadAllText(path), NotebookDocument.Load(path).ToText()));

    [JupyterFact]
    public void Jupyter_finds_them_valid_nbformat_4_5()
    {
        var (exitCode, output) = JupyterTools.Run(["-c", Validate, .. Paths]);
        Assert.True(exitCode == 0, output);
    }

    [JupyterFact]
    public void Jupyter_converts_them_to_HTML()
    {
        using var folder = new TemporaryFolder();
        var (exitCode, output) = JupyterTools.Run(["-m", "nbconvert", "--to", "html", "--output-dir", folder.Path, .. Paths]);
        Assert.True(exitCode == 0, output);
        Assert.Equal(Paths.Length, Directory.GetFiles(folder.Path, "*.html").Length);
    }
}
