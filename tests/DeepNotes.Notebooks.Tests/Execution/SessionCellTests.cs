using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Execution;

public class SessionCellTests(SessionFixture fixture) : IClassFixture<SessionFixture>
{
    [Theory]
    [InlineData("1 + 1", "result: 2")]
    [InlineData("1 + 1 // the end", "result: 2")]
    [InlineData("var a = 3;", "")]
    [InlineData("1.5.ToString();", "")]
    [InlineData("null", "")]
    [InlineData("(string)null", "")]
    [InlineData("", "")]
    [InlineData("// nothing", "")]
    [InlineData("using System.Globalization; // alone", "")]
    [InlineData("\"text\"", "result: text")]
    [InlineData("int[] b = [1, 2, 3]; b", "result: int[3] { 1, 2, 3 }")]
    [InlineData("await Task.FromResult(5)", "result: 5")]
    [InlineData("await Task.Delay(1); await Task.Yield(); 6", "result: 6")]
    [InlineData("async Task<int> Seven() { await Task.Delay(1); return 7; } Seven().Result", "result: 7")]
    [InlineData("Console.Write(1); Console.Error.Write(2); Console.Write(3); 4", "stdout: 1 | stderr: 2 | stdout: 3 | result: 4")]
    [InlineData("Console.WriteLine(\"a\"); display(5); Console.WriteLine(\"b\");", "stdout: a | display: 5 | stdout: b")]
    [InlineData("HTML(\"<b>x</b>\")", "result: <b>x</b>")]
    [InlineData("\"**x**\".Display(\"text/html\");", "display: **x**")]
    [InlineData("var shown = display(1); shown.Update(2);", "display: 1 | display: 2")]
    [InlineData("Console.Write(Environment.GetEnvironmentVariable(\"DEEPNOTES_FAST\"))", "stdout: 1")]
    [InlineData("Console.Write(Console.ReadLine() == null)", "stdout: True")]
    [InlineData("Console.Write($\"{1.5} {12345.678:N1}\")", "stdout: 1.5 12,345.7")]
    [InlineData("params_(1, 2); int params_(params ReadOnlySpan<int> x) => x.Length; params_(1, 2, 3)", "result: 3")] // C# 13
    [InlineData("System.Linq.Expressions.Expression<Func<int, int>> e = x => x + 1; e.Compile()(1)", "result: 2")]
    [InlineData("Action say = () => Console.Write(8); say();", "stdout: 8")]
    [InlineData("new List<int> { 1, 2 }.ForEach(x => Console.Write(x));", "stdout: 12")]
    public async Task A_cell_shows(string code, string expected)
    {
        var (result, outputs) = await fixture.RunAsync(code);

        Assert.Equal(expected, SessionFixture.Describe(outputs));
        Assert.Equal(CellStatus.Done, result.Status);
        Assert.Null(result.Error);
        Assert.True(result.ManagedBytes > 0);
    }

    [Fact]
    public async Task Later_cells_see_the_declarations_of_earlier_ones_including_failed_ones()
    {
        await fixture.RunAsync("using System.Globalization;");
        await fixture.RunAsync("int kept = 1; record Point(int X, int Y);");
        await fixture.RunAsync("kept = 2; throw new Exception();");
        await fixture.RunAsync("var pending = Task.Run(async () => { await Task.Delay(50); return 40; });\nasync Task<int> Later() { await Task.Delay(50); return 2; } var later = Later();");

        var (_, outputs) = await fixture.RunAsync("new Point(kept, await pending + await later + CultureInfo.InvariantCulture.LCID - 127)");

        Assert.Equal("result: Point { X = 2, Y = 42 }", SessionFixture.Describe(outputs));
    }

    [Theory]
    [InlineData("string Old() => word;")]
    [InlineData("string Old() { return word; }")]
    [InlineData("Func<string> lambda = () => word; string Old() => lambda();")]
    [InlineData("Func<string> lambda = delegate { return word; }; string Old() => lambda();")]
    [InlineData("string Property => word; string Old() => Property;")]
    [InlineData("var query = from one in new[] { 1 } select word; string Old() => query.First();")]
    [InlineData("async Task<string> Late() { await Task.Delay(200); return word; } var late = Late(); string Old() => late.Result;")]
    [InlineData("#load \"old.csx\"")]
    [InlineData("string Old() => word;", "throw new Exception();")]
    [InlineData("string other = word; string Old() => other;")]
    public async Task Functions_keep_their_variable_after_its_name_is_redeclared(string old, string end = "")
    {
        await File.WriteAllTextAsync(Path.Combine(fixture.Folder, "old.csx"), "string Old() => word;");
        await fixture.RunAsync("var word = \"old\";");
        await fixture.RunAsync(old + end);
        await fixture.RunAsync("var word = \"new\";");

        Assert.Equal("result: old new", SessionFixture.Describe((await fixture.RunAsync("Old() + \" \" + word")).Outputs));
    }

    [Fact]
    public async Task A_lambda_that_outlives_its_expression_keeps_its_variables()
    {
        await fixture.RunAsync("var text = \"old\"; Func<string> left = null;");
        await fixture.Session.EvaluateAsync("left = () => text", null);
        await fixture.RunAsync("var text = \"new\";");

        Assert.Equal("result: old", SessionFixture.Describe((await fixture.RunAsync("left()")).Outputs));
    }

    [Fact]
    public async Task Live_output_updates_one_display_and_ends_with_the_last_state()
    {
        var (_, outputs) = await fixture.RunAsync(
            """
            var live = (Func<object, Action<object>>)AppDomain.CurrentDomain.GetData("DeepNotes.Live");
            var update = live("start");
            for (var i = 0; i <= 100_000; i++) update(i);
            """);

        var displays = outputs.Cast<DisplayOutput>().ToArray();
        Assert.Single(displays.Select(display => display.DisplayId).Distinct());
        Assert.Equal("start", displays[0].Data.Text(MimeBundle.PlainText));
        Assert.Equal("100000", displays[^1].Data.Text(MimeBundle.PlainText));
        Assert.True(displays.Length < 1_000, $"{displays.Length} updates were sent");
    }

    [Fact]
    public async Task A_redirected_console_is_reset_after_the_cell()
    {
        var (_, outputs) = await fixture.RunAsync("""
            var (caught, warned) = (new StringWriter(), new StringWriter());
            Console.SetOut(caught);
            Console.SetError(warned);
            Console.SetIn(new StringReader("typed"));
            Console.Write("a");
            Console.Error.Write("b");
            caught.ToString() + warned + Console.ReadLine()
            """);
        Assert.Equal("result: abtyped", SessionFixture.Describe(outputs));

        (_, outputs) = await fixture.RunAsync("Console.Write(caught); Console.Error.Write(warned); Console.ReadLine() == null");
        Assert.Equal("stdout: a | stderr: b | result: true", SessionFixture.Describe(outputs));
    }

    [Fact]
    public async Task Console_text_is_coalesced_and_limited()
    {
        var (result, outputs) = await fixture.RunAsync("for (var i = 0; i < 1_000_000; i++) Console.WriteLine(new string('x', 99)); GC.Collect();");

        var text = string.Concat(outputs.Cast<StreamOutput>().Select(output => output.Text));
        Assert.Equal(CellStatus.Done, result.Status);
        Assert.StartsWith(new string('x', 99) + "\nx", text, StringComparison.Ordinal);
        Assert.EndsWith("… 99,900,000 more characters of console text were dropped (limit 100,000 per cell).\n", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 100_000, 100_200);
        Assert.True(outputs.Count < 50, $"{outputs.Count} outputs");
        Assert.True(result.ManagedBytes < 100_000_000, $"{result.ManagedBytes} bytes");
    }

    [Fact]
    public async Task Text_that_bypasses_the_console_is_shown()
    {
        var (_, outputs) = await fixture.RunAsync("using (var raw = Console.OpenStandardOutput()) raw.Write(\"native\"u8);");

        Assert.Equal("stdout: native", await WithLaterOutputAsync(outputs));
    }

    [Fact]
    public async Task An_exception_of_an_async_void_method_is_shown()
    {
        var (_, outputs) = await fixture.RunAsync("async void Bad() { await Task.Delay(1); throw new Exception(\"lost\"); } Bad();");

        Assert.Equal("stderr: Unhandled in an async void method: cell 7, line 1: Exception: lost", await WithLaterOutputAsync(outputs));
    }

    // Output on another channel may arrive after the end of the cell, and is shown with the next one.
    private async Task<string> WithLaterOutputAsync(List<CellOutput> outputs)
    {
        await Eventually.True(
            async () =>
            {
                outputs.AddRange(outputs.Count == 0 ? (await fixture.RunAsync("await Task.Delay(1);")).Outputs : []);
                return outputs.Count > 0;
            },
            () => "no output");
        return SessionFixture.Describe(outputs);
    }

    [Fact]
    public async Task Text_printed_after_the_end_of_a_cell_is_shown_with_the_next()
    {
        var (_, outputs) = await fixture.RunAsync(
            "var later = new System.Threading.ManualResetEventSlim(); var printed = new System.Threading.ManualResetEventSlim(); "
            + "new System.Threading.Thread(() => { later.Wait(); Console.WriteLine(\"late\"); printed.Set(); }).Start();");
        Assert.Empty(outputs);
        await fixture.Session.EvaluateAsync("((Func<bool>)(() => { later.Set(); printed.Wait(); return true; }))()", null);

        Assert.Equal("stdout: late", SessionFixture.Describe((await fixture.RunAsync("1.ToString();")).Outputs));
        Assert.Empty((await fixture.RunAsync("1.ToString();")).Outputs);
    }

    [Fact]
    public async Task Requests_are_queued()
    {
        await fixture.RunAsync("var turns = 0;");

        var runs = await Task.WhenAll(Enumerable.Range(1, 5).Select(_ => fixture.RunAsync("var before = turns; await Task.Delay(5); turns = before + 1;")));

        Assert.All(runs, run => Assert.Equal(CellStatus.Done, run.Result.Status));
        Assert.Equal("5", await fixture.Session.EvaluateAsync("turns", null));
    }

    [Theory]
    [InlineData("2.0 / 3", "0.000", "0.667")]
    [InlineData("12345.6", "N1", "12,345.6")]
    [InlineData("2.0 / 4", null, "0.5")]
    [InlineData("\"text\"", "0.0", "text")]
    [InlineData("null", null, null)]
    [InlineData("no such thing", null, null)]
    [InlineData("throw new Exception()", null, null)]
    public async Task Evaluates(string expression, string? format, string? expected) =>
        Assert.Equal(expected, await fixture.Session.EvaluateAsync(expression, format));

    [Theory]
    [InlineData("1 + 1|2", "\"a\"|a", "new int[3][5]|", "null|", "6 // six|6", "1 > 2 ? 3 : 4|4")]
    [InlineData("1 + 1|2", "no such thing|", "3|3")]
    [InlineData("1), () => (2|", "3|3")]
    [InlineData("await Task.FromResult(5)|5", "3|3", "throw new Exception()|")]
    public async Task Several_expressions_are_evaluated_in_one_request(params string[] rows)
    {
        var pairs = rows.Select(row => row.Split('|')).ToList();
        var texts = await fixture.Session.EvaluateAsync([.. pairs.Select(pair => new QuotedExpression(pair[0], null))]);
        Assert.Equal(pairs.Select(pair => pair[1]), texts.Select(text => text ?? ""));
    }

    [Fact]
    public async Task A_throwing_output_handler_fails_the_call_but_not_the_session()
    {
        await Assert.ThrowsAsync<FormatException>(() => fixture.Session.ExecuteAsync(new CellRequest("1", "cell 1"), _ => throw new FormatException()));

        Assert.Equal("result: 2", SessionFixture.Describe((await fixture.RunAsync("2")).Outputs));
    }

    [Fact]
    public async Task A_missing_folder_is_an_error()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => SessionProcess.StartAsync(new SessionOptions("nowhere")));

        Assert.Equal("nowhere: no such folder to run a session in.", error.Message);
    }
}
