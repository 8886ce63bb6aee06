using System.Text.Json.Nodes;
using DeepNotes.Cli.Tests.Support;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Jupyter;
using DeepNotes.Notebooks.Running;
using DeepNotes.Notebooks.Tests.Support;
using static DeepNotes.Notebooks.Tests.Running.TestNotebook;

namespace DeepNotes.Cli.Tests.Jupyter;

/// <summary>Programs of the Jupyter project start and use the installed kernel.</summary>
public sealed class KernelPeerTests : IDisposable
{
    private readonly TestRepository _repository = new();

    public KernelPeerTests() =>
        KernelSpec.Install(KernelFolders.InPrefix(_repository.In("env")), Path.Combine(AppContext.BaseDirectory, "deepnotes.dll"));

    [KernelFact]
    public void The_kernel_passes_the_test_suite_of_Jupyter()
    {
        var (code, output) = Run(Path.Combine(AppContext.BaseDirectory, "Jupyter", "kernel_tests.py"));

        Assert.True(code == 0, output);

        // The skipped test is that of the pager, which this kernel does not have.
        Assert.Contains("OK (skipped=1)", output, StringComparison.Ordinal);
    }

    [KernelFact]
    public async Task Outputs_of_the_kernel_equal_those_of_the_runner()
    {
        var notebook = At(
            _repository.In("notebooks", "01-all-kinds.ipynb"),
            Markdown("text"),
            Code("using System.Globalization;"),
            Code("for (var i = 0; i < 2000; i++) Console.WriteLine($\"line {i}\");"),
            Code("display(HTML(\"<b>bold</b>\")); Console.WriteLine(\"between\"); new[] { 1.5, 2 }"),
            Code("var shown = display(1); for (var i = 0; i < 500; i++) { shown.Update(i); System.Threading.Thread.Sleep(1); }"),
            Code("\"<svg xmlns='http://www.w3.org/2000/svg'/>\".Display(\"image/svg+xml\"); \"{\\\"a\\\": 1.50}\".Display(\"application/json\");"),
            Code("new[] { (Name: \"é\", Value: 1), (Name: \"𝑥\", Value: 2) }.Select(pair => new { pair.Name, pair.Value })"),
            Code("Console.Write(\"gone\"); ClearOutput(); Console.Write(\"stays\");"),
            Code("var line = Console.ReadLine(); line == null"),
            Code("shown.Update(\"from a later cell\");"),
            Code("throw new FormatException(\"meant\");", tag: "raises-exception"));

        // Jupyter's validator requires both fields.
        foreach (var cell in CodeCells(notebook))
        {
            cell.ExecutionCount = null;
            cell.Outputs = [];
        }

        notebook.Save();
        await AssertSameOutputs(notebook.Path);
    }

    [ChapterInKernelTheory]
    [MemberData(nameof(Chapters.ToRun), MemberType = typeof(Chapters))]
    public Task A_chapter_has_the_same_outputs_in_the_kernel(string chapter) =>
        AssertSameOutputs(Chapters.PathOf(chapter));

    public void Dispose() => _repository.Dispose();

    private async Task AssertSameOutputs(string notebook)
    {
        var converting = Task.Run(() => Run(
            "-m", "nbconvert", "--to", "notebook", "--execute", notebook, "--output-dir", _repository.In("converted"),
            "--ExecutePreprocessor.kernel_name=deepnotes", "--ExecutePreprocessor.timeout=300", "--ExecutePreprocessor.startup_timeout=300", "--ExecutePreprocessor.iopub_timeout=300"));
        var document = NotebookDocument.Load(notebook);
        var fingerprint = new RunFingerprint("generated", RunMode.Fast, "", 2, "", "");
        var run = await new NotebookRunner(StartAsync).RunAsync(document, new RunOptions(fingerprint, Eventually.Limit));

        var (code, output) = await converting;
        Assert.True(code == 0, output);
        Assert.Empty(run.Failures);
        var expected = CodeCells(run.Document);
        var actual = CodeCells(NotebookDocument.Load(_repository.In("converted", Path.GetFileName(notebook))));
        Assert.Equal(expected.Count, actual.Count);
        Assert.All(expected.Zip(actual).Where(pair => !pair.First.IsTiming), pair => AssertEqual(Outputs(pair.First), Outputs(pair.Second)));
    }

    private (int ExitCode, string Output) Run(params string[] arguments) => JupyterTools.Run(
        [
            ("JUPYTER_PATH", _repository.In("env", "share", "jupyter")), ("DEEPNOTES_DATA", CommandContext.GeneratedData), ("DEEPNOTES_FAST", "1"),
            ("JUPYTER_RUNTIME_DIR", _repository.In("runtime")), ("IPYTHONDIR", _repository.In("ipython")),
        ], arguments);

    private static async Task<ISession> StartAsync(string folder, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation) =>
        await SessionProcess.StartAsync(
            new SessionOptions(folder) { Environment = new Dictionary<string, string>(environment) { ["DEEPNOTES_DATA"] = CommandContext.GeneratedData } }, cancellation);

    private static List<NotebookCell> CodeCells(NotebookDocument document) => [.. document.Cells.Where(cell => cell.IsCode)];

    // Cells are named by their execution count in the kernel and by their position in the runner.
    private static JsonArray Outputs(NotebookCell cell) => [.. cell.Outputs.Select(output => output is ErrorOutput error
        ? JsonValue.Create($"{error.Name} {error.Trace[0]}")
        : (JsonNode)output.ToJson())];

    // Jupyter sorts the keys of JSON objects.
    private static void AssertEqual(JsonArray expected, JsonArray actual) =>
        Assert.True(JsonNode.DeepEquals(expected, actual), $"expected {expected}, got {actual}");
}
