using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Jupyter;

public class KernelTests(KernelFixture fixture) : IClassFixture<KernelFixture>
{
    [Theory]
    [InlineData("1 + 1", "execute_input #|execute_result 2")]
    [InlineData("Console.Write(1); display(2); Console.Error.Write(3);", "execute_input #|stream stdout: 1|display_data 2|stream stderr: 3")]
    [InlineData("Console.Write(1); ClearOutput(wait: true); 2", "execute_input #|stream stdout: 1|clear_output|execute_result 2")]
    [InlineData("int x = 1;\nthrow new FormatException(\"odd\");", "execute_input #|error cell #, line 2: FormatException: odd")]
    [InlineData("no", "execute_input #|error cell #, line 1: CS0103: The name 'no' does not exist in the current context")]
    public void A_cell_publishes(string code, string expected)
    {
        using var frontEnd = fixture.Connect();

        var (reply, published) = frontEnd.Execute(code);

        var count = (int)reply["execution_count"]!;
        Assert.Equal($"status busy|{expected.Replace("#", $"{count}", StringComparison.Ordinal)}|status idle", string.Join('|', published));
        Assert.Equal(expected.Contains("error", StringComparison.Ordinal) ? "error" : "ok", (string?)reply["status"]);
    }

    [Fact]
    public void Silent_execution_publishes_and_counts_nothing()
    {
        using var frontEnd = fixture.Connect();
        var before = (int)frontEnd.Execute("1").Reply["execution_count"]!;

        var (reply, published) = frontEnd.Execute("Console.Write(1); 2", new JsonObject { ["silent"] = true });

        Assert.Equal(["status busy", "status idle"], published);
        Assert.Equal("ok", (string?)reply["status"]);
        Assert.Equal(before + 1, (int)frontEnd.Execute("1").Reply["execution_count"]!);
    }

    [Fact]
    public void A_display_is_updated_after_it_was_sent()
    {
        using var frontEnd = fixture.Connect();

        // Outputs are sent before input is requested.
        var id = frontEnd.Send("execute_request", new JsonObject { ["code"] = "var shown = display(1); Console.ReadLine(); shown.Update(2);", ["allow_stdin"] = true });
        frontEnd.AnswerInput("go on");

        Assert.Equal(["display_data 1", "update_display_data 2"], frontEnd.PublishedFor(id)[2..^1]);
    }

    [Fact]
    public async Task After_a_failure_queued_cells_are_aborted_unless_stop_on_error_is_false()
    {
        using var frontEnd = fixture.Connect();

        Assert.Equal(["error", "aborted", "aborted"], await StatusesAsync(stopOnError: true));
        Assert.Equal(["error", "ok", "ok"], await StatusesAsync(stopOnError: false));

        async Task<List<string?>> StatusesAsync(bool stopOnError)
        {
            var before = fixture.ReceivedCount;
            foreach (var code in new[] { "Console.ReadLine(); throw new Exception();", "1", "2" })
            {
                frontEnd.Send("execute_request", new JsonObject { ["code"] = code, ["stop_on_error"] = stopOnError, ["allow_stdin"] = true });
            }

            await Eventually.True(() => fixture.ReceivedCount == before + 3, () => $"{fixture.ReceivedCount - before} of 3 arrived");
            frontEnd.AnswerInput("fail");
            return [.. Enumerable.Range(0, 3).Select(_ => (string?)frontEnd.Reply().Content["status"])];
        }
    }

    [Fact]
    public void User_expressions_are_evaluated_after_the_cell()
    {
        using var frontEnd = fixture.Connect();

        var (reply, _) = frontEnd.Execute(
            "var seven = 7;", new JsonObject { ["user_expressions"] = new JsonObject { ["good"] = "seven + 1", ["bad"] = "nothing.there" } });

        Assert.Equal("8", (string?)reply["user_expressions"]!["good"]!["data"]!["text/plain"]);
        Assert.Equal("error", (string?)reply["user_expressions"]!["bad"]!["status"]);
    }

    [Fact]
    public void An_interrupt_stops_the_cell_and_keeps_the_state()
    {
        using var frontEnd = fixture.Connect();
        frontEnd.Execute("var kept = 41;");
        var id = frontEnd.Send("execute_request", new JsonObject { ["code"] = "Console.Write(\"begun\"); while (true) { }" });
        frontEnd.NextStream(id);

        frontEnd.Send("interrupt_request", [], onControl: true);

        Assert.Equal("ok", (string?)frontEnd.Reply(onControl: true).Content["status"]);
        Assert.EndsWith("was interrupted", (string?)frontEnd.Reply().Content["evalue"], StringComparison.Ordinal);
        Assert.Contains("execute_result 42", frontEnd.Execute("kept + 1").Published);
    }

    [Fact]
    public void ReadLine_requests_input_from_the_front_end_of_the_cell()
    {
        using var other = fixture.Connect("other");
        using var frontEnd = fixture.Connect("mine");
        var id = frontEnd.Send("execute_request", new JsonObject { ["code"] = "Console.ReadLine() + Console.ReadLine()", ["allow_stdin"] = true });

        frontEnd.AnswerInput("deep ");
        frontEnd.AnswerInput("notes");

        Assert.Contains("execute_result deep notes", frontEnd.PublishedFor(id));
        Assert.Contains("execute_result true", other.Execute("Console.ReadLine() == null").Published);
    }

    [Fact]
    public async Task A_replayed_message_is_dropped_on_every_channel()
    {
        using var frontEnd = fixture.Connect();
        frontEnd.Execute("var times = 0;");
        fixture.Log.Clear();
        var id = Guid.NewGuid().ToString();
        var recorded = RawFrontEnd.Message("execute_request", new JsonObject { ["code"] = "++times" }, id);
        frontEnd.SendRaw(recorded);
        Assert.Contains("execute_result 1", frontEnd.PublishedFor(id));
        frontEnd.Reply();

        frontEnd.SendRaw(recorded);
        frontEnd.SendRaw(["another route", .. recorded]);
        frontEnd.SendRaw(recorded, onControl: true);
        frontEnd.SendInput(recorded);

        Assert.Contains("execute_result 1", frontEnd.Execute("times").Published);
        frontEnd.Ask("kernel_info_request", [], onControl: true);
        await LoggedAsync(4, "received before");
    }

    [Fact]
    public async Task Input_is_accepted_only_from_the_client_of_the_request()
    {
        using var other = fixture.Connect("other");
        using var nameless = fixture.Connect("");
        using var frontEnd = fixture.Connect("mine");
        fixture.Log.Clear();
        var id = frontEnd.Send("execute_request", new JsonObject { ["code"] = "Console.ReadLine()", ["allow_stdin"] = true });
        var question = frontEnd.NextQuestion();

        other.SendInput(RawFrontEnd.InputReply("from another client"));
        other.SendInput(RawFrontEnd.InputReply("from another client", $$"""{"msg_id":"{{question}}"}"""));
        nameless.SendInput(RawFrontEnd.InputReply("from a client without a name"));
        frontEnd.SendInput(RawFrontEnd.InputReply("to another question", """{"msg_id":"another"}"""));
        await LoggedAsync(4, "dropped an input_reply");
        frontEnd.SendInput(RawFrontEnd.InputReply("mine", $$"""{"msg_id":"{{question}}"}"""));

        Assert.Contains("execute_result mine", frontEnd.PublishedFor(id));
    }

    [Fact]
    public async Task Input_without_a_pending_request_is_dropped()
    {
        using var frontEnd = fixture.Connect("mine");
        fixture.Log.Clear();
        frontEnd.SendInput(RawFrontEnd.InputReply("unasked"));
        await LoggedAsync(1, "dropped an input_reply");
        var first = frontEnd.Send("execute_request", new JsonObject { ["code"] = "Console.ReadLine()", ["allow_stdin"] = true });
        var recorded = RawFrontEnd.InputReply("one");
        frontEnd.NextQuestion();
        frontEnd.SendInput(recorded);
        Assert.Contains("execute_result one", frontEnd.PublishedFor(first));

        frontEnd.SendInput(RawFrontEnd.InputReply("late"));
        await LoggedAsync(2, "dropped an input_reply");
        var second = frontEnd.Send("execute_request", new JsonObject { ["code"] = "Console.ReadLine()", ["allow_stdin"] = true });
        frontEnd.NextQuestion();
        frontEnd.SendInput(recorded);
        await LoggedAsync(1, "received before");
        frontEnd.SendInput(RawFrontEnd.InputReply("two"));

        Assert.Contains("execute_result two", frontEnd.PublishedFor(second));
    }

    [Fact]
    public async Task An_interrupted_cell_does_not_wait_for_input()
    {
        using var frontEnd = fixture.Connect("mine");
        fixture.Log.Clear();
        frontEnd.Send("execute_request", new JsonObject { ["code"] = "Console.ReadLine()", ["allow_stdin"] = true });
        var question = frontEnd.NextQuestion();
        frontEnd.Send("interrupt_request", [], onControl: true);
        frontEnd.Reply(onControl: true);
        frontEnd.Reply();

        frontEnd.SendInput(RawFrontEnd.InputReply("late"));
        await LoggedAsync(1, "dropped an input_reply");
        var next = frontEnd.Send("execute_request", new JsonObject { ["code"] = "Console.ReadLine()", ["allow_stdin"] = true });
        frontEnd.NextQuestion();
        frontEnd.SendInput(RawFrontEnd.InputReply("late", $$"""{"msg_id":"{{question}}"}"""));
        frontEnd.SendInput(RawFrontEnd.InputReply("now"));

        Assert.Contains("execute_result now", frontEnd.PublishedFor(next));
    }

    // Channels are served concurrently, so messages of different channels may be logged in any order.
    private Task LoggedAsync(int times, string what) => Eventually.True(
        () => fixture.Log.Count(line => line.Contains(what, StringComparison.Ordinal)) == times,
        () => $"{what}: expected {times} times in\n{string.Join('\n', fixture.Log)}");

    [Theory]
    [InlineData("kernel_info_request", "{}", "language_info.name", "C#")]
    [InlineData("comm_info_request", "{}", "comms", "{}")]
    [InlineData("is_complete_request", """{"code":"1 + 1"}""", "status", "complete")]
    [InlineData("is_complete_request", """{"code":"if (true) {"}""", "status", "incomplete")]
    [InlineData("is_complete_request", """{"code":"1 +/ 1"}""", "status", "invalid")]
    [InlineData("complete_request", """{"code":"𝑥.A + Math.Sqr","cursor_pos":14}""", "cursor_start", "11")]
    [InlineData("complete_request", """{"code":"Math.Sqr(1)","cursor_pos":8}""", "matches.0", "Sqrt")]
    [InlineData("complete_request", """{"code":"retur","cursor_pos":5}""", "matches.0", "return")]
    [InlineData("complete_request", """{"code":"dis","cursor_pos":99}""", "metadata._jupyter_types_experimental.0.type", "function")]
    [InlineData("inspect_request", """{"code":"Math.Sqrt(1)","cursor_pos":7}""", "data.text/plain", "double Math.Sqrt(double d)")]
    [InlineData("inspect_request", """{"code":"Math.Sqrt(1)","cursor_pos":7}""", "data.text/markdown", "Returns the square root of a specified number.")]
    [InlineData("inspect_request", """{"code":"   ","cursor_pos":1}""", "found", "false")]
    [InlineData("history_request", """{"hist_access_type":"range","session":99}""", "history", "[]")]
    [InlineData("execute_request", """{"code":7}""", "status", "ok")]
    [InlineData("shutdown_later_request", "{}", "evalue", "shutdown_later_request: unknown request.")]
    public void Answers(string type, string content, string field, string expected)
    {
        using var frontEnd = fixture.Connect();

        var (reply, published) = frontEnd.Ask(type, (JsonObject)JsonNode.Parse(content)!);

        JsonNode? value = reply;
        foreach (var name in field.Split('.'))
        {
            value = value is JsonArray list ? list[int.Parse(name)] : value![name];
        }

        Assert.Contains(expected, value!.ToString(), StringComparison.Ordinal);
        Assert.Equal(("status busy", "status idle"), (published[0], published[^1]));
    }

    [Fact]
    public void Completions_and_descriptions_include_earlier_cells()
    {
        using var frontEnd = fixture.Connect();
        frontEnd.Execute("/// <summary>Both of them.</summary>\nrecord Pair(int FirstOne, int SecondOne); var pairOfTwo = new Pair(1, 2);");

        Assert.Equal("FirstOne", (string?)frontEnd.Ask("complete_request", new JsonObject { ["code"] = "pairOfTwo.First" }).Reply["matches"]![0]);
        Assert.Contains("Pair", (string?)frontEnd.Ask("inspect_request", new JsonObject { ["code"] = "pairOfTwo" }).Reply["data"]!["text/plain"]);
        Assert.Contains("Both of them.", (string?)frontEnd.Ask("inspect_request", new JsonObject { ["code"] = "Pair" }).Reply["data"]!["text/plain"]);
    }

    [Fact]
    public void An_unknown_comm_is_closed()
    {
        using var frontEnd = fixture.Connect();

        var id = frontEnd.Send("comm_open", new JsonObject { ["comm_id"] = "c", ["target_name"] = "t" });

        Assert.Equal(["status busy", "comm_close", "status idle"], frontEnd.PublishedFor(id));
    }

    public static TheoryData<string, string[]> BadMessages
    {
        get
        {
            string[] good = [RawFrontEnd.Header("kernel_info_request", "1"), "{}", "{}", "{}"];
            string[] Signed(params string[] parts) => ["<IDS|MSG>", RawFrontEnd.Sign(parts), .. parts];
            return new()
            {
                { "the signature is wrong", ["<IDS|MSG>", RawFrontEnd.Sign("other"), .. good] },
                { "the signature is wrong", ["<IDS|MSG>", "", .. good] },
                { "the signature is wrong", ["<IDS|MSG>", "é", .. good] },
                { "expected a delimiter", ["nothing"] },
                { "expected a delimiter", ["<IDS|MSG>", RawFrontEnd.Sign(good), good[0]] },
                { "header:", Signed("{", "{}", "{}", "{}") },
                { "header: expected a JSON object", Signed("[]", "{}", "{}", "{}") },
                { "header:", Signed("""{"msg_type":"a","msg_type":"b"}""", "{}", "{}", "{}") },
                { "the header has no msg_type", Signed("""{"msg_type":7}""", "{}", "{}", "{}") },
                { "content:", Signed(good[0], "{}", "{}", "nul") },
                { "content:", Signed(good[0], "{}", "{}", new string('[', 1000)) },
            };
        }
    }

    [Theory]
    [MemberData(nameof(BadMessages))]
    public void An_invalid_message_is_dropped_and_logged(string expected, string[] frames)
    {
        using var frontEnd = fixture.Connect();
        fixture.Log.Clear();

        frontEnd.SendRaw(frames);

        Assert.Equal("ok", (string?)frontEnd.Ask("kernel_info_request", []).Reply["status"]);
        Assert.Contains(expected, Assert.Single(fixture.Log), StringComparison.Ordinal);
    }

    [Fact]
    public void A_front_end_may_disconnect_while_its_cell_runs()
    {
        using (var gone = fixture.Connect("gone"))
        {
            gone.Send("execute_request", new JsonObject { ["code"] = "for (var i = 0; i < 100; i++) { display(i); }" });
        }

        using var frontEnd = fixture.Connect();
        Assert.Contains("execute_result 2", frontEnd.Execute("1 + 1").Published);
    }
}
