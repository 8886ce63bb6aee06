using System.Text.Json.Nodes;

namespace DeepNotes.Notebooks.Tests.Jupyter;

/// <summary>Each of these ends its kernel.</summary>
public sealed class KernelEndTests : IAsyncLifetime
{
    private readonly KernelFixture _fixture = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Shutdown_is_answered_and_then_the_kernel_ends(bool onControl)
    {
        using var frontEnd = _fixture.Connect();

        var (reply, published) = frontEnd.Ask("shutdown_request", new JsonObject { ["restart"] = true }, onControl);

        Assert.True((bool)reply["restart"]!);
        Assert.Equal(["status busy", "shutdown_reply", "status idle"], published);
        await _fixture.Ended.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Shutdown_ends_a_running_cell()
    {
        using var frontEnd = _fixture.Connect();
        frontEnd.Send("execute_request", new JsonObject { ["code"] = "while (true) { }" });

        frontEnd.Send("shutdown_request", [], onControl: true);

        Assert.Equal("ok", (string?)frontEnd.Reply(onControl: true).Content["status"]);
        await _fixture.Ended.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void After_a_crash_the_reader_is_told_to_restart()
    {
        using var frontEnd = _fixture.Connect();

        Assert.Contains("restart the session", (string?)frontEnd.Execute("Environment.Exit(3);").Reply["evalue"]);
        Assert.Contains("restart it", (string?)frontEnd.Execute("1").Reply["evalue"]);
        Assert.Equal("ok", (string?)frontEnd.Ask("kernel_info_request", []).Reply["status"]);
    }

    public Task InitializeAsync() => _fixture.InitializeAsync();

    public Task DisposeAsync() => _fixture.DisposeAsync();
}
