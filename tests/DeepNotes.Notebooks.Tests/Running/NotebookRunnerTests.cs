using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Running;
using static DeepNotes.Notebooks.Tests.Running.TestNotebook;

namespace DeepNotes.Notebooks.Tests.Running;

public sealed class NotebookRunnerTests
{
    private readonly List<ScriptedSession> _sessions = [];
    private readonly List<CellProgress> _progress = [];
    private IReadOnlyDictionary<string, string> _environment = new Dictionary<string, string>();

    [Fact]
    public async Task Code_cells_run_in_order_in_one_session_that_is_disposed_after_the_run()
    {
        var run = await RunAsync(Of(Code("result 1"), Markdown("text"), Code("result 2")));

        Assert.True(run.Succeeded);
        Assert.Equal(["cell 1", "cell 3"], _sessions.Single().Executed);
        Assert.Equal([1, null, 2], run.Document.Cells.Select(cell => cell.ExecutionCount));
        Assert.Equal([1, 2], run.Document.Cells.SelectMany(cell => cell.Outputs).OfType<ResultOutput>().Select(result => result.ExecutionCount));
        Assert.True(_sessions.Single().Disposed);
    }

    [Fact]
    public async Task The_session_receives_the_next_cell_unless_the_cell_measures_time()
    {
        var notebook = Of(Code("result 1"), Markdown("text"), Code("skipped", "skip-execution"), Code("result 2"), Code("result 3"));
        notebook.Cells[3].Json["metadata"]!["deepnotes"] = new JsonObject { ["timing"] = true };
        await RunAsync(notebook);

        Assert.Equal(["cell 4: result 2", null, null], _sessions.Single().Announced);
    }

    [Fact]
    public async Task Progress_reports_start_and_end_of_each_cell()
    {
        await RunAsync(Of(Markdown("text"), Code("throw a", "raises-exception"), Code("throw b")));

        Assert.Equal(
            [(2, 1, (CellStatus?)null), (2, 1, CellStatus.Done), (3, 2, null), (3, 2, CellStatus.Failed)],
            _progress.Select(step => (step.CellNumber, step.Position, step.Status)));
        Assert.All(_progress, step => Assert.Equal(2, step.Count));
    }

    public static TheoryData<string, string[]> OutputRows => new()
    {
        { "print a\nprint b", ["stdout: a\nb\n"] },
        { "print a\nwarn x\nprint b\nwarn y", ["stdout: a\nb\n", "stderr: x\ny\n"] },
        { "print a\nshow d 1\nprint b", ["stdout: a\n", "1", "stdout: b\n"] },
        { "show d 1\nprint a\nshow d 2", ["2", "stdout: a\n"] },
        { "show d 1\nshow e 2\nshow d 3", ["3", "2"] },
        { "print 10%\\r20%\\r30%", ["stdout: 30%\n"] },
        { "print line\\r\nprint next", ["stdout: line\nnext\n"] },
    };

    [Theory]
    [MemberData(nameof(OutputRows))]
    public async Task Outputs_are_coalesced_and_displays_updated_in_place(string code, string[] expected)
    {
        var run = await RunAsync(Of(Code(code)));
        Assert.Equal(expected, run.Document.Cells[0].Outputs.Select(Show));
    }

    [Fact]
    public async Task A_later_cell_updates_an_earlier_cells_display()
    {
        var run = await RunAsync(Of(Code("show d before"), Code("show d after")));

        Assert.Equal("after", Show(Assert.Single(run.Document.Cells[0].Outputs)));
        Assert.Empty(run.Document.Cells[1].Outputs);
    }

    public static TheoryData<string, string?, string?> EndRows => new()
    {
        { "print a", null, null },
        { "print a\nthrow no such thing", null, "cell 2, line 2: InvalidOperationException: no such thing" },
        { "throw expected", "raises-exception", null },
        { "print a", "raises-exception", "cell 2 is tagged raises-exception, but raised no exception." },
        { "hang", "raises-exception", "cell 2, line 1: stopped at the time limit of 120 s (--timeout raises it)." },
        { "crash", null, "cell 2: the process ended." },
        { "throw never reached", "skip-execution", null },
    };

    [Theory]
    [MemberData(nameof(EndRows))]
    public async Task A_failure_has_cell_line_and_reason(string code, string? tag, string? expected)
    {
        var run = await RunAsync(Of(Markdown("text"), Code(code, tag)));
        Assert.Equal(expected is null ? [] : [expected], run.Failures.Select(failure => failure.ToString()));
    }

    [Fact]
    public async Task The_first_failure_stops_the_run()
    {
        var run = await RunAsync(Of(Code("throw x"), Code("print y")));

        Assert.Equal(["cell 1"], _sessions.Single().Executed);
        Assert.Equal(CellStatus.Failed, Assert.Single(run.Cells).Status);
    }

    [Fact]
    public async Task A_skipped_cell_keeps_its_outputs()
    {
        var notebook = Of(Code("throw x", "skip-execution"));
        notebook.Cells[0].Outputs = [new StreamOutput("stdout", "kept")];

        var run = await RunAsync(notebook);
        Assert.Equal("stdout: kept", Show(Assert.Single(run.Document.Cells[0].Outputs)));
    }

    [Fact]
    public async Task A_skipped_cell_is_preserved_byte_for_byte()
    {
        const string Cell = """{"cell_type":"code","id":"a","metadata":{"tags":["skip-execution"]},  "source":"x","outputs":[{"output_type":"display_data","data":{"text/plain":1.0},"metadata":{"isolated":true},"transient":{}}],"execution_count":"3"}""";
        var run = await RunAsync(NotebookDocument.Parse($$"""{"cells":[{{Cell}}],"nbformat":4,"nbformat_minor":2}""", "x.ipynb"));
        Assert.Contains(Cell, run.Document.ToText(), StringComparison.Ordinal);
        Assert.Contains("\"nbformat_minor\":2", run.Document.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_metadata_of_an_output_is_preserved()
    {
        var shown = new DisplayOutput(MimeBundle.FromText("a"), null) { Metadata = new() { ["image/png"] = new JsonObject { ["width"] = 5 } } };
        var session = new ScriptedSession { First = Messages.ReadOutput(Messages.ShowOutput(shown)) };
        var run = await new NotebookRunner((_, _, _) => Task.FromResult<ISession>(session)).RunAsync(Of(Code("print a")), Fingerprints.Options());
        Assert.Contains("\"metadata\":{\"image/png\":{\"width\":5}}", run.Document.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_original_notebook_is_not_modified()
    {
        var notebook = Of(Code("print a"), Markdown("<!--=x-->1<!--/-->"));
        var before = notebook.ToText();

        await RunAsync(notebook);
        Assert.Equal(before, notebook.ToText());
    }

    [Fact]
    public async Task Two_runs_give_the_same_bytes()
    {
        var notebook = Of(Code("show a 1\nresult 2\nset x 3"), Markdown("<!--=x-->?<!--/-->"));
        var first = await RunAsync(notebook);
        var second = await RunAsync(first.Document);

        Assert.Equal(first.Document.ToText(), second.Document.ToText());
    }

    [Theory]
    [InlineData(RunMode.Full, "0")]
    [InlineData(RunMode.Fast, "1")]
    public async Task The_session_receives_the_mode(RunMode mode, string expected)
    {
        await RunAsync(Of(Code("print a")), mode);
        Assert.Equal(expected, _environment["DEEPNOTES_FAST"]);
    }

    [Fact]
    public async Task The_executed_document_has_kernel_and_fingerprint()
    {
        var run = await RunAsync(Of(Code("print a")));

        var metadata = (JsonObject)run.Document.Json["metadata"]!;
        Assert.Equal("deepnotes DeepNotes C# C#", string.Join(' ',
            new[] { "name", "display_name", "language" }.Select(key => (string?)metadata["kernelspec"]![key])));
        Assert.Equal("C#", (string?)metadata["language_info"]!["name"]);
        Assert.Equal(Fingerprints.Generated(), RunFingerprint.Of(run.Document));
    }

    [Fact]
    public async Task Cancellation_ends_the_session()
    {
        using var cancellation = new CancellationTokenSource();
        var running = RunAsync(Of(Code("wait")), RunMode.Full, cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.True(_sessions.Single().Disposed);
    }

    private Task<NotebookRun> RunAsync(NotebookDocument notebook, RunMode mode = RunMode.Full, CancellationToken cancellation = default)
    {
        var runner = new NotebookRunner((_, environment, _) =>
        {
            _environment = environment;
            _sessions.Add(new ScriptedSession());
            return Task.FromResult<ISession>(_sessions[^1]);
        });
        return runner.RunAsync(notebook, Fingerprints.Options(mode), _progress.Add, cancellation);
    }

    private static string Show(CellOutput output) => output switch
    {
        StreamOutput stream => $"{stream.Name}: {stream.Text}",
        DisplayOutput display => display.Data.Text(MimeBundle.PlainText)!,
        ResultOutput result => result.Data.Text(MimeBundle.PlainText)!,
        _ => output.ToJson().ToJsonString(),
    };
}
