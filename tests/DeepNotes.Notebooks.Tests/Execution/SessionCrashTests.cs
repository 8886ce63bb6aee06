using System.Diagnostics;
using System.Globalization;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Execution;

public class SessionCrashTests(SessionFixture fixture) : IClassFixture<SessionFixture>
{
    private const string Lost = "variables are lost, restart the session.";

    public static TheoryData<string, string, string> Crashes => new()
    {
        { "Console.WriteLine(\"bye\");\nEnvironment.Exit(3);", "ProcessExit", $"cell 7: Environment.Exit(3) ended the session; its {Lost}" },
        { "int Deeper(int n) => Deeper(n + 1) + 1;\nDeeper(0)", "StackOverflowException", $"cell 7: stack overflow: Deeper called itself * times; {Lost}" },
        { "Environment.FailFast(\"broken\");", "SessionEnded", $"cell 7: the session's process ended unexpectedly (exit code *): Process terminated. broken; its {Lost}" },
        { "System.Diagnostics.Process.GetCurrentProcess().Kill();", "SessionEnded", $"cell 7: the session's process was killed (exit code 137); perhaps the memory ran out; its {Lost}" },
        {
            "new System.Threading.Thread(() =>\n    throw new Exception(\"alone\")).Start();\nSystem.Threading.Thread.Sleep(-1);",
            "Exception", $"cell 7, line 2: Exception: alone (unhandled, on another thread); its {Lost}"
        },
    };

    [Theory]
    [MemberData(nameof(Crashes))]
    public async Task The_end_of_the_process_is_explained(string code, string name, string message)
    {
        await using var session = await fixture.StartAsync();

        var (result, outputs) = await SessionFixture.RunAsync(session, code);

        Assert.Equal(CellStatus.Crashed, result.Status);
        Assert.Equal(name, result.Error!.Name);
        Assert.Matches($"^{System.Text.RegularExpressions.Regex.Escape(message).Replace("\\*", "[0-9]+", StringComparison.Ordinal)}$", result.Error.Message);
        Assert.Same(result.Error, outputs[^1]);
        Assert.False(session.IsAlive);

        var (refused, _) = await SessionFixture.RunAsync(session, "1");
        Assert.Equal(CellStatus.Crashed, refused.Status);
        Assert.Equal("cell 7 was not run: the session has ended in cell 7; restart it.", refused.Error!.Message);
        Assert.Null(await session.EvaluateAsync("1", null));
    }

    [Fact]
    public async Task The_trace_of_a_stack_overflow_names_the_cell()
    {
        await using var session = await fixture.StartAsync();

        var (result, _) = await SessionFixture.RunAsync(session, "class Tree { public int Depth() => new Tree().Depth() + 1; }\nnew Tree().Depth()");

        Assert.Matches("^cell 7: stack overflow( in|:) Depth", result.Error!.Message);
        Assert.Contains("   at cell 7#1+Tree.Depth()", result.Error.Trace);
        Assert.All(result.Error.Trace.Skip(1), line => Assert.StartsWith("   at cell 7#1", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Closing_a_session_ends_the_running_cell()
    {
        var session = await fixture.StartAsync();
        var begun = new TaskCompletionSource();
        var running = session.ExecuteAsync(new CellRequest("Console.WriteLine(1); while (true) { }", "cell 1"), output => begun.TrySetResult());
        await begun.Task;

        await session.DisposeAsync();

        Assert.Equal(CellStatus.Crashed, (await running).Status);
        Assert.Equal("cell 1: the session was closed while the cell ran; its variables are lost, restart the session.", (await running).Error!.Message);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(session.ProcessId));
    }

    [UnixFact]
    public async Task A_session_leaves_no_files_behind()
    {
        using var folder = new TemporaryFolder();
        var session = await fixture.StartAsync(("TMPDIR", folder.Path));
        await SessionFixture.RunAsync(session, "1");

        await session.DisposeAsync();

        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_session_ends_with_the_process_that_started_it()
    {
        // A cell starts another session, and its process is killed.
        var outer = await fixture.StartAsync();
        await SessionFixture.RunAsync(
            outer,
            """
            using DeepNotes.Notebooks.Execution;
            var inner = await SessionProcess.StartAsync(new SessionOptions("."));
            var looping = inner.ExecuteAsync(new CellRequest("while (true) { }", "inner"), _ => { });
            """);
        using var orphan = Process.GetProcessById(int.Parse((await outer.EvaluateAsync("inner.ProcessId", null))!, CultureInfo.InvariantCulture));
        Assert.False(orphan.HasExited);

        using (var process = Process.GetProcessById(outer.ProcessId))
        {
            process.Kill(entireProcessTree: false);
        }

        Assert.True(orphan.WaitForExit(Eventually.Limit));
        await outer.DisposeAsync();
    }

    [UnixFact]
    public async Task Terminal_interrupts_are_left_to_the_parent()
    {
        // Unreferenced objects are collected before the signals, which are handled in order; the last one is observed.
        var (result, outputs) = await fixture.RunAsync(
            $$"""
            using System.Runtime.InteropServices;
            for (var i = 0; i < 3; i++) { GC.Collect(); GC.WaitForPendingFinalizers(); }
            var all = new TaskCompletionSource();
            var last = PosixSignalRegistration.Create(PosixSignal.SIGCONT, _ => all.TrySetResult());
            foreach (var name in new[] { "INT", "QUIT", "CONT" })
            {
                System.Diagnostics.Process.Start("kill", $"-{name} {{fixture.Session.ProcessId}}").WaitForExit();
            }

            await all.Task;
            last.Dispose();
            "alive"
            """);

        Assert.Equal("result: alive", SessionFixture.Describe(outputs));
        Assert.Equal(CellStatus.Done, result.Status);
        Assert.Equal("result: still", SessionFixture.Describe((await fixture.RunAsync("\"still\"")).Outputs));
    }

    [UnixFact]
    public async Task Processes_started_by_a_cell_do_not_delay_the_end()
    {
        var session = await fixture.StartAsync();

        var (result, outputs) = await SessionFixture.RunAsync(session, "var other = System.Diagnostics.Process.Start(\"sleep\", \"900\"); Console.Write(other.Id); Environment.Exit(0);");

        using var other = Process.GetProcessById(int.Parse(((StreamOutput)outputs[0]).Text, CultureInfo.InvariantCulture));
        await session.DisposeAsync();
        Assert.False(other.HasExited);
        other.Kill();
        Assert.Equal(CellStatus.Crashed, result.Status);
    }
}
