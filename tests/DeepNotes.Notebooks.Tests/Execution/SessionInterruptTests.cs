using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Execution;

public class SessionInterruptTests(SessionFixture fixture) : IClassFixture<SessionFixture>
{
    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("while (true) ;")]
    [InlineData("for (;;) { }")]
    [InlineData("do state++; while (true);")]
    [InlineData("again: state++; goto again;")]
    [InlineData("foreach (var i in Forever()) { } IEnumerable<int> Forever() { while (true) yield return 1; }")]
    [InlineData("System.Threading.Thread.Sleep(-1);")]
    [InlineData("await Task.Delay(-1);")]
    [InlineData("while (true) await Task.Delay(1);")]
    [InlineData("await Task.Delay(1); while (true) { }")]
    [InlineData("await Task.Delay(1); System.Threading.Thread.Sleep(-1);")]
    [InlineData("Task.Run(() => { while (true) ; }).Wait();")]
    [InlineData("Task.Run(() => System.Threading.Thread.Sleep(-1)).Wait();")]
    [InlineData("while (true) try { System.Threading.Thread.Sleep(-1); } catch { }")]
    [InlineData("int Fibonacci(int n) => n < 2 ? n : Fibonacci(n - 1) + Fibonacci(n - 2); Fibonacci(80)")]
    [InlineData("Enumerable.InfiniteSequence(0, 1).Count(x => x < 0)")]
    [InlineData("Parallel.For(0, int.MaxValue, i => { while (true) ; });")]
    [InlineData("var live = display(0); Action more = () => live.Update(1); System.Threading.SpinWait.SpinUntil(() => { more(); return false; });")]
    public async Task An_endless_cell_is_interrupted_and_the_state_is_kept(string code)
    {
        await fixture.RunAsync("var state = 41;");

        var result = await InterruptAfterStartAsync(fixture.Session, $"Console.WriteLine(\"begun\"); {code}");

        Assert.Equal("cell 7 was interrupted", result.Error?.Message);
        Assert.Equal(CellStatus.Interrupted, result.Status);
        Assert.NotNull(await fixture.Session.EvaluateAsync("state", null));
    }

    [Fact]
    public async Task An_endless_cell_is_stopped_at_its_time_limit()
    {
        var (result, outputs) = await fixture.RunAsync("while (true) { }", limit: 0.3);

        Assert.Equal("cell 7 ran longer than 0.3 s and was stopped", result.Error?.Message);
        Assert.Equal(CellStatus.TimedOut, result.Status);
        Assert.Same(result.Error, outputs[^1]);
    }

    [Fact]
    public async Task Code_without_checks_is_aborted()
    {
        // In its own session, whose process may not survive.
        await using var session = await fixture.StartAsync(interruptTimeout: TimeSpan.FromSeconds(3));

        var (result, _) = await SessionFixture.RunAsync(session, "System.Numerics.BigInteger.Pow(3, 30_000_000).ToString().Length", limit: 0.3);

        Assert.Equal(CellStatus.TimedOut, result.Status);
    }

    [Fact]
    public async Task A_cell_that_cannot_be_stopped_ends_with_the_process()
    {
        await using var session = await fixture.StartAsync(interruptTimeout: TimeSpan.FromSeconds(2));
        await SessionFixture.RunAsync(
            session,
            """
            using System.Runtime.InteropServices;
            [DllImport("libc")] static extern int pipe(int[] ends);
            [DllImport("libc")] static extern nint read(int end, byte[] buffer, nint count);
            [DllImport("kernel32")] static extern void Sleep(uint milliseconds);
            var ends = new int[2];
            """);

        // Blocks in a system call, which neither an interrupt nor an abort can end.
        var result = await InterruptAfterStartAsync(
            session,
            "Console.WriteLine(\"begun\"); if (OperatingSystem.IsWindows()) Sleep(uint.MaxValue); else { pipe(ends); read(ends[0], new byte[1], 1); }");

        Assert.Equal(CellStatus.Interrupted, result.Status);
        Assert.Equal("cell 7 was interrupted; it did not respond, so the session's process was killed and its variables are lost", result.Error!.Message);
        Assert.False(session.IsAlive);
    }

    [Fact]
    public async Task An_interrupt_stops_only_the_running_cell()
    {
        await fixture.RunAsync("var counted = 0;");
        var begun = new TaskCompletionSource();
        var running = fixture.Session.ExecuteAsync(new CellRequest("Console.WriteLine(\"begun\"); while (true) counted++;", "cell 7"), _ => begun.TrySetResult());
        await begun.Task;
        Assert.True(await fixture.Session.InterruptAsync(Eventually.Limit));

        var result = await running;

        Assert.Equal(CellStatus.Interrupted, result.Status);
        Assert.Equal("cell 7 was interrupted", result.Error!.Message);
        Assert.True(await fixture.Session.InterruptAsync(Eventually.Limit));
        Assert.Equal("result: 1", SessionFixture.Describe((await fixture.RunAsync("while (counted < 0) { } 1")).Outputs));
    }

    [Fact]
    public async Task Cancellation_of_the_call_interrupts_the_cell()
    {
        var result = await InterruptAfterStartAsync(fixture.Session, "Console.WriteLine(\"begun\"); await Task.Delay(-1);");

        Assert.Equal(CellStatus.Interrupted, result.Status);
        Assert.Equal("2", await fixture.Session.EvaluateAsync("1 + 1", null));
    }

    [Fact]
    public async Task Libraries_can_observe_the_interrupt()
    {
        var (result, _) = await fixture.RunAsync(
            "((System.Threading.CancellationToken)AppDomain.CurrentDomain.GetData(\"DeepNotes.Cancellation\")).WaitHandle.WaitOne(); 1", limit: 0.3);

        Assert.Equal(CellStatus.TimedOut, result.Status);
    }

    [Fact]
    public async Task Pending_continuations_of_a_stopped_cell_keep_its_variables()
    {
        await using var session = await fixture.StartAsync();
        await SessionFixture.RunAsync(session, "var goOn = new TaskCompletionSource(); var seen = new List<string>();");
        var stopped = await InterruptAfterStartAsync(session, "var word = \"old\"; Console.WriteLine(\"begun\"); await goOn.Task.ConfigureAwait(false); seen.Add(word);");
        await SessionFixture.RunAsync(session, "var word = \"new\";");

        var (_, outputs) = await SessionFixture.RunAsync(session, "goOn.SetResult(); while (seen.Count == 0) await Task.Delay(1); seen.Single()", limit: Eventually.Limit.TotalSeconds);

        Assert.Equal(CellStatus.Interrupted, stopped.Status);
        Assert.Equal("result: old", SessionFixture.Describe(outputs));
    }

    // Without a time limit, which might expire before a slow machine has compiled the cell.
    private static async Task<CellResult> InterruptAfterStartAsync(SessionProcess session, string code)
    {
        using var cancel = new CancellationTokenSource();
        return await session.ExecuteAsync(new CellRequest(code, "cell 7"), output => { if (output is StreamOutput) cancel.Cancel(); }, cancel.Token);
    }
}
