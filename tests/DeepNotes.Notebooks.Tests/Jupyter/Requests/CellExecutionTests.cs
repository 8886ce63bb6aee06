using System.Net;
using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Jupyter;
using DeepNotes.Notebooks.Tests.Execution;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Jupyter.Requests;

public sealed class CellExecutionTests(SessionFixture fixture) : IClassFixture<SessionFixture>
{
    [Fact]
    public async Task An_interrupt_during_the_start_of_the_session_aborts_the_queued_cells()
    {
        await using var channels = new KernelChannels(new ConnectionFile(IPAddress.Loopback, RawFrontEnd.Key, 0, 0, 0, 0, 0), new ZmtpLimits(), _ => { });
        using var frontEnd = new RawFrontEnd(channels.Bound);
        var starting = new TaskCompletionSource<SessionProcess>();
        var execution = new CellExecution(starting.Task, channels, new History(), Eventually.Limit);

        var waiting = execution.ExecuteAsync(await AskAsync("1"));
        Assert.Equal("ok", (string?)(await execution.InterruptAsync())["status"]);
        starting.SetResult(fixture.Session);

        Assert.Equal("aborted", (string?)(await waiting)["status"]);
        Assert.Equal("ok", (string?)(await execution.ExecuteAsync(await AskAsync("2")))["status"]);

        async Task<Request> AskAsync(string code)
        {
            frontEnd.Send("execute_request", new JsonObject { ["code"] = code });
            return await channels.Shell.ReadAsync();
        }
    }
}
