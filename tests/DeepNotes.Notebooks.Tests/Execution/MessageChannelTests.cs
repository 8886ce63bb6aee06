using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;

namespace DeepNotes.Notebooks.Tests.Execution;

public class MessageChannelTests
{
    public static TheoryData<CellOutput> Outputs =>
    [
        new StreamOutput("stderr", "a\nb\n\u0001 → 数"),
        new DisplayOutput(new MimeBundle { [MimeBundle.PlainText] = "x", [MimeBundle.Plotly] = new JsonObject { ["data"] = new JsonArray(1, 2.5) } }, "display-3"),
        new DisplayOutput(MimeBundle.FromText("without an id"), null),
        new ResultOutput(MimeBundle.FromText("1"), null),
    ];

    [Theory]
    [MemberData(nameof(Outputs))]
    public void An_output_round_trips(CellOutput output)
    {
        var pipe = new MemoryStream();
        using var channel = new MessageChannel(pipe, pipe);
        channel.Send(Messages.ShowOutput(output));
        pipe.Position = 0;

        var received = Messages.ReadOutput(channel.Receive()!);

        Assert.Equal(output.GetType(), received.GetType());
        Assert.Equal(output.ToJson().ToJsonString(), received.ToJson().ToJsonString());
        Assert.Equal((output as DisplayOutput)?.DisplayId, (received as DisplayOutput)?.DisplayId);
        Assert.Null(channel.Receive());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(10)]
    public void A_pipe_that_ends_within_a_message_counts_as_closed(int length)
    {
        var pipe = new MemoryStream();
        using var channel = new MessageChannel(pipe, pipe);
        channel.Send(Messages.InterruptRequest(1));
        pipe.SetLength(length);
        pipe.Position = 0;

        Assert.Null(channel.Receive());
    }

    [Fact]
    public void A_result_round_trips()
    {
        var result = new CellResult(CellStatus.Failed, TimeSpan.FromMilliseconds(12.5), 123_456_789_012, new ErrorOutput("E", "m", ["a", "b\nc"]));

        var received = Messages.ReadResult(Messages.CellEnded(result));

        Assert.Equal(result with { Error = null }, received with { Error = null });
        Assert.Equal(result.Error!.Trace, received.Error!.Trace);
    }
}
