using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Jupyter;

/// <summary>Each of these ends its kernel.</summary>
public sealed class KernelEndTests : IAsyncLifetime
{
    // Short, because one of the cells cannot be stopped.
    private readonly KernelFixture _fixture = new() { InterruptTimeout = TimeSpan.FromSeconds(1) };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_kernel_replies_to_a_shutdown_request_and_ends(bool onControl)
    {
        using var frontEnd = _fixture.Connect();

        var (reply, published) = frontEnd.Ask("shutdown_request", new JsonObject { ["restart"] = true }, onControl);

        Assert.True((bool)reply["restart"]!);
        Assert.Equal(["status busy", "shutdown_reply", "status idle"], published);
        await _fixture.Ended.WaitAsync(Eventually.Limit);
    }

    [Fact]
    public async Task Shutdown_ends_a_running_cell()
    {
        using var frontEnd = _fixture.Connect();
        frontEnd.Send("execute_request", new JsonObject { ["code"] = "while (true) { }" });

        frontEnd.Send("shutdown_request", [], onControl: true);

        Assert.Equal("ok", (string?)frontEnd.Reply(onControl: true).Content["status"]);
        await _fixture.Ended.WaitAsync(Eventually.Limit);
    }

    [Theory]
    [InlineData("Environment.Exit(3);", "ended the session")]
    [InlineData("Environment.FailFast(\"odd\");", "ended unexpectedly")]
    [InlineData("int Deeper(int n) => 1 + Deeper(n + 1); Deeper(0)", "stack overflow")]
    public async Task After_a_crash_the_user_is_asked_to_restart_and_a_new_kernel_works(string code, string reason)
    {
        using (var frontEnd = _fixture.Connect())
        {
            var (reply, published) = frontEnd.Execute(code);
            Assert.Matches($"{reason}.*restart the session", (string?)reply["evalue"]);
            Assert.Contains($"error {reply["evalue"]}", published);
            Assert.Contains("restart it", (string?)frontEnd.Execute("1").Reply["evalue"]);
            Assert.Equal("ok", (string?)frontEnd.Ask("kernel_info_request", []).Reply["status"]);
        }

        await AssertGoodAfterRestartAsync();
    }

    [Fact]
    public async Task If_a_cell_cannot_be_stopped_the_user_is_asked_to_restart_and_a_new_kernel_works()
    {
        using (var frontEnd = _fixture.Connect())
        {
            frontEnd.Execute(
                """
                using System.Runtime.InteropServices;
                [DllImport("libc")] static extern int pipe(int[] ends);
                [DllImport("libc")] static extern nint read(int end, byte[] buffer, nint count);
                [DllImport("kernel32")] static extern void Sleep(uint milliseconds);
                var ends = new int[2];
                """);

            // Blocks in a system call, which neither an interrupt nor an abort can end.
            var id = frontEnd.Send("execute_request", new JsonObject
            {
                ["code"] = "Console.Write(\"begun\"); if (OperatingSystem.IsWindows()) Sleep(uint.MaxValue); else { pipe(ends); read(ends[0], new byte[1], 1); }",
            });
            Assert.Contains("begun", frontEnd.NextStream(id), StringComparison.Ordinal);

            var (reply, _) = frontEnd.Ask("interrupt_request", [], onControl: true);

            Assert.Equal(("error", "InterruptFailed"), ((string?)reply["status"], (string?)reply["ename"]));
            Assert.Contains("restart the kernel", (string?)reply["evalue"]);
        }

        await AssertGoodAfterRestartAsync();
    }

    private async Task AssertGoodAfterRestartAsync()
    {
        await _fixture.RestartAsync();
        using var frontEnd = _fixture.Connect();
        Assert.Contains("execute_result 2", frontEnd.Execute("1 + 1").Published);
    }

    public Task InitializeAsync() => _fixture.InitializeAsync();

    public Task DisposeAsync() => _fixture.DisposeAsync();
}
