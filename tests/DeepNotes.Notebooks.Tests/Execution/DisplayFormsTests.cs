using System.Data;
using System.Numerics;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;

namespace DeepNotes.Notebooks.Tests.Execution;

public class DisplayFormsTests
{
    private static readonly object[] TwoRecords = [new Point(1, 2.5), new Point(3, 4)];

    public static TheoryData<object?, string> Texts => new()
    {
        { null, "null" },
        { true, "true" },
        { 'c', "'c'" },
        { 1.0 / 3, "0.3333333333333333" },
        { 0.1f, "0.1" },
        { -0.0, "-0" },
        { double.NaN, "NaN" },
        { double.PositiveInfinity, "Infinity" },
        { 12345678.9m, "12345678.9" },
        { "text", "text" },
        { DayOfWeek.Monday, "Monday" },
        { typeof(Dictionary<string, int[]>), "Dictionary<string, int[]>" },
        { new[] { 1, 2, 3 }, "int[3] { 1, 2, 3 }" },
        { new[] { "a", null }, "string[2] { \"a\", null }" },
        { Array.Empty<double>(), "double[0] { }" },
        { new[,] { { 1, 2 }, { 3, 4 } }, "int[2, 2] { 1, 2, 3, 4 }" },
        { new List<List<int>> { new() { 1 }, new() }, "List<List<int>>(2) { List<int>(1) { 1 }, List<int>(0) { } }" },
        { Enumerable.Range(0, 3).Where(i => i > 0).Select(i => i * 2), "IEnumerable<int> { 2, 4 }" },
        { (1, "two", 3.5), "(1, \"two\", 3.5)" },
        { new Point(1, 2), "Point { X = 1, Y = 2 }" },
        { new { A = 1 }, "{ A = 1 }" },
        { new Plain(), "Plain { Number: 3, Text: \"t\" }" },
        { new InvalidOperationException("why"), "InvalidOperationException: why" },
        { Forever(), "IEnumerable<int> { " + string.Join(", ", Enumerable.Repeat(1, 100)) + ", … }" },
        { TwoRecords, "X  Y\n1  2.5\n3  4" },
        { new[] { (1, "a") }, "item1  item2\n1      a" },
        { new Dictionary<string, int> { ["one"] = 1 }, "key  value\none  1" },
        { new object[] { 1, new Point(1, 2) }, "object[2] { 1, Point { X = 1, Y = 2 } }" },
        { new StringBuilder(), "StringBuilder" },
        { new EmptyText(), "EmptyText" },
        { new[] { new EmptyText() }, "EmptyText[1] { EmptyText }" },
        { new object[] { 1, new FailingText() }, "object[2] { 1, (FailingText: NotSupportedException: no text) }" },
        { DBNull.Value, "null" },
        { new DataTable(), "DataTable" },
        { new DataTable("named"), "named" },
        { Table(2), "A  B\n0  b\n1  b" },
        { Table(2).DefaultView, "A  B\n0  b\n1  b" },
        { Table(2).Rows, "A  B\n0  b\n1  b" },
        { Table(2).Select("A = 1"), "A  B\n1  b" },
        { Table(2).Rows[1], "A  B\n1  b" },
        { Table(2).DefaultView[1], "A  B\n1  b" },
        { Table(2).CreateDataReader(), "A  B\n0  b\n1  b" },
        { Table(0), "A  B" },
        { Table(60), "A   B\n*\n… 10 more rows" },
        { Table(60).CreateDataReader(), "A   B\n*\n… more rows" },
        { new DataSet { Tables = { Table(1), new DataTable("empty") } }, "letters:\nA  B\n0  b" },
        { Wide(), "*\n… 5 more columns" },
        { JsonNode.Parse("{\"a\":[1]}"), "{\n  \"a\": [\n    1\n  ]\n}" },
        { JsonDocument.Parse("[1, null]"), "[1, null]" },
        { JsonDocument.Parse("[1, null]").RootElement[1], "null" },
        { default(JsonElement), "undefined" },
        { XElement.Parse("<a><b /></a>"), "<a>\n  <b />\n</a>" },
        { new XmlDocument { InnerXml = "<a><b /></a>" }, "<a><b /></a>" },
        { new { A = new[] { 1, 2 }, B = "x", C = (object?)null, D = true }, "{ A = int[2] { 1, 2 }, B = x, C = , D = True }" },
        { new Line(new Point(1, 2), [3]), "Line { Start = Point { X = 1, Y = 2 }, Rest = int[1] { 3 } }" },
        { new LongLine(new Point(1, 2), [3], 4), "LongLine { Start = Point { X = 1, Y = 2 }, Rest = System.Int32[], More = 4 }" },
        { new byte[] { 1, 255 }, "byte[2] { 1, 255 }" },
        { new Memory<byte>([1, 2]), "System.Memory<Byte>[2]" },
        { Later(), "IAsyncEnumerable<int> (not read: use await foreach)" },
        { Task.FromResult(5), "Task<int> (done: 5)" },
        { Task.CompletedTask, "Task (done)" },
        { Task.FromException(new FormatException("x")), "Task (failed: FormatException: x)" },
        { Task.FromCanceled<int>(new CancellationToken(true)), "Task<int> (cancelled)" },
        { new Lazy<int>(() => 5), "Value is not created." },
        { BindingFlags.Public | BindingFlags.Static, "Static, Public" },
        { DateTime.UnixEpoch.AddSeconds(.5), "1970-01-01 00:00:00.5Z" },
        { new DateTime(2020, 1, 2, 3, 4, 5), "2020-01-02 03:04:05" },
        { new DateTimeOffset(2020, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)), "2020-01-02 03:04:05+02:00" },
        { new DateOnly(2020, 1, 2), "2020-01-02" },
        { new TimeOnly(3, 4), "03:04:00" },
        { BigInteger.Pow(2, 70), "1180591620717411303424" },
        { "two\nlines", "two\nlines" },
        { Looped(), "Loop { Next: Loop { Next: Loop (this one again), Name: \"b\" }, Name: \"a\" }" },
        { new FailingGetter(), "FailingGetter { Good: 1, Bad: \"(FormatException)\" }" },
        { Friends(100), "*\n… more" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_value_is_formatted_as_plain_text(object? value, string expected)
    {
        var text = DisplayForms.Of(value).Text(MimeBundle.PlainText)!;

        // "*" stands for long text.
        Assert.StartsWith(expected.Split('*')[0], text, StringComparison.Ordinal);
        Assert.EndsWith(expected.Split('*')[^1], text, StringComparison.Ordinal);
        Assert.True(expected.Contains('*') || expected == text, text);
    }

    [Fact]
    public void A_table_of_ADO_NET_is_displayed_as_an_HTML_table()
    {
        var html = DisplayForms.Of(new DataSet { Tables = { Table(1) } }).Text(MimeBundle.Html);

        Assert.Equal("<table>\n<caption>letters</caption>\n<thead><tr><th>A</th><th>B</th></tr></thead>\n<tbody>\n<tr><td>0</td><td>b</td></tr>\n</tbody>\n</table>", html);
    }

    [Fact]
    public void A_running_task_is_not_awaited() =>
        Assert.Equal("Task<int> (running: await it for its value)", DisplayForms.Of(new TaskCompletionSource<int>().Task).Text(MimeBundle.PlainText));

    [Fact]
    public void A_data_reader_is_read_only_as_far_as_it_is_displayed()
    {
        var reader = Table(60).CreateDataReader();
        DisplayForms.Of(reader);

        Assert.True(reader.Read());
        Assert.Equal(50, reader.GetInt32(0));
    }

    [Fact]
    public void Rows_are_a_table_with_a_note_on_omissions()
    {
        var few = DisplayForms.Of(new[] { new { Name = "<a & b>", Value = 0.5 } }).Text(MimeBundle.Html);
        var many = DisplayForms.Of(Enumerable.Range(0, 1234).Select(i => new Point(i, i)).ToArray());
        var endless = DisplayForms.Of(Forever().Select(i => new Point(i, i)));

        Assert.Equal("<table>\n<thead><tr><th>name</th><th>value</th></tr></thead>\n<tbody>\n<tr><td>&lt;a &amp; b&gt;</td><td>0.5</td></tr>\n</tbody>\n</table>", few);
        Assert.EndsWith("<p>… 1,184 more rows</p>", many.Text(MimeBundle.Html), StringComparison.Ordinal);
        Assert.EndsWith("\n49  49\n… 1,184 more rows", many.Text(MimeBundle.PlainText), StringComparison.Ordinal);
        Assert.EndsWith("<p>… more rows</p>", endless.Text(MimeBundle.Html), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(Figure), "application/vnd.plotly.v1+json: {\"data\":[1]} | text/plain: a figure")]
    [InlineData(typeof(DerivedFigure), "application/vnd.plotly.v1+json: {\"data\":[1]} | text/plain: a figure")]
    [InlineData(typeof(OwnHtml), "text/html: <b>own</b> | text/plain: OwnHtml")]
    [InlineData(typeof(OwnPage), "text/html: <iframe srcdoc=\"&lt;!DOCTYPE html&gt;&lt;p title=&quot;a&quot;&gt;\" style=\"width:100%;height:640px;border:0\"></iframe> | text/plain: OwnPage")]
    [InlineData(typeof(FSharpCharts.Chart.Case), "text/html: <b>chart</b> | text/plain: Case")]
    [InlineData(typeof(FSharpFigures.Chart.Case), "application/vnd.plotly.v1+json: {\"data\":[{\"y\":[1,2]}]} | text/plain: a figure of plotly.js; without DeepNotes.Lib.dll it is not drawn")]
    [InlineData(typeof(OtherSource), "text/html: <b>own</b> | text/plain: OtherSource")]
    [InlineData(typeof(FailingHtml), "text/plain: FailingHtml could not be shown: FormatException: no HTML today")]
    [InlineData(typeof(WithoutFormatter), "text/plain: WithoutFormatter could not be shown: InvalidOperationException: WithoutFormatter prefers image/png, but FigureFormatters has no formatter for it.")]
    [InlineData(typeof(FailingText), "text/plain: FailingText could not be shown: NotSupportedException: no text")]
    public void A_type_shows_itself(Type type, string expected) => Assert.Equal(expected, Describe(DisplayForms.Of(Activator.CreateInstance(type))));

    [Theory]
    [InlineData("<b>x</b>", "text/html", "text/html: <b>x</b>")]
    [InlineData("{\"a\":[1]}", "application/json", "application/json: {\"a\":[1]}")]
    [InlineData("{", "application/json", "text/plain: String could not be shown: *")]
    [InlineData(3, "text/html", "text/html: 3")]
    [InlineData(3, "application/json", "application/json: 3")]
    [InlineData(null, "text/plain", "text/plain: null")]
    public void A_single_form_can_be_requested(object? value, string mimeType, string expected) =>
        Assert.StartsWith(expected.TrimEnd('*'), Describe(DisplayForms.Of(value, mimeType)), StringComparison.Ordinal);

    [Theory]
    [InlineData("MeanError", "mean error")]
    [InlineData("N", "N")]
    [InlineData("MSELoss", "MSE loss")]
    [InlineData("LargestError32", "largest error32")]
    [InlineData("exp_sum", "exp sum")]
    [InlineData("Item1", "item1")]
    public void A_column_is_headed_in_words(string member, string heading) => Assert.Equal(heading, ColumnHeading.Of(member));

    internal static string Describe(CellOutput output) => output switch
    {
        DisplayOutput display => string.Join("; ", display.Data.Forms.Select(form => $"{form.Key}: {(form.Value is System.Text.Json.Nodes.JsonObject json ? json.ToJsonString() : NotebookText.Join(form.Value))}")),
        ResultOutput result => Describe(new DisplayOutput(result.Data, null)),
        StreamOutput stream => $"{stream.Name}: {stream.Text}",
        _ => $"{output}",
    };

    private static string Describe(MimeBundle bundle) =>
        string.Join(" | ", bundle.Forms.Select(form => $"{form.Key}: {NotebookText.Join(form.Value)}"));

    private static DataTable Table(int rows)
    {
        var table = new DataTable("letters") { Columns = { { "A", typeof(int) }, "B" } };
        for (var i = 0; i < rows; i++)
        {
            table.Rows.Add(i, "b");
        }

        return table;
    }

    private static DataTable Wide()
    {
        var table = new DataTable();
        for (var i = 0; i < 25; i++)
        {
            table.Columns.Add($"c{i}");
        }

        table.Rows.Add();
        return table;
    }

    private static async IAsyncEnumerable<int> Later()
    {
        await Task.Yield();
        yield return 1;
    }

    private static Loop Looped()
    {
        var a = new Loop { Name = "a" };
        a.Next = new Loop { Name = "b", Next = a };
        return a;
    }

    // A complete graph, with 100⁴ paths.
    private static Friend Friends(int count)
    {
        var all = Enumerable.Range(0, count).Select(_ => new Friend()).ToArray();
        foreach (var one in all)
        {
            one.Others = [.. all];
        }

        return all[0];
    }

    private static IEnumerable<int> Forever()
    {
        while (true)
        {
            yield return 1;
        }
    }

    private sealed record Point(int X, double Y);

    private sealed record Line(Point Start, int[] Rest);

    private record AnyLine(Point Start, int[] Rest);

    private sealed record LongLine(Point Start, int[] Rest, int More) : AnyLine(Start, Rest);

    private sealed class Loop
    {
        public Loop? Next { get; set; }

        public string Name { get; set; } = "";
    }

    private sealed class Friend
    {
        public Friend[] Others { get; set; } = [];
    }

    private sealed class FailingGetter
    {
        public int Good => 1;

        public int Bad => throw new FormatException();

        public ReadOnlySpan<int> Span => [];
    }

    private sealed class EmptyText
    {
        public override string? ToString() => "";
    }

    private sealed class Plain
    {
        public readonly string Text = "t";

        public int Number => 3;
    }

    [AttributeUsage(AttributeTargets.Class)]
    private sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
    {
        public Type FormatterSourceType => formatterSourceType;

        public string[]? PreferredMimeTypes { get; set; }
    }

    [TypeFormatterSource(typeof(FigureFormatters), PreferredMimeTypes = [MimeBundle.Plotly])]
    private class Figure
    {
        public string ToHtml() => "not asked for";
    }

    private sealed class DerivedFigure : Figure;

    [TypeFormatterSource(typeof(FigureFormatters), PreferredMimeTypes = [MimeBundle.Png])]
    private sealed class WithoutFormatter;

    private sealed class FigureFormatters
    {
        public object[] CreateTypeFormatters() =>
            [new TextFormatter(MimeBundle.Plotly, "{\"data\":[1]}"), new TextFormatter(MimeBundle.PlainText, "a figure")];
    }

    private sealed class TextFormatter(string mimeType, string text)
    {
        public string MimeType => mimeType;

        public bool Format(object value, TextWriter writer)
        {
            writer.Write(text);
            return true;
        }
    }

    private sealed class OwnHtml
    {
        public string ToHtml() => "<b>own</b>";
    }

    private sealed class OwnPage
    {
        public string GetHtml() => "<!DOCTYPE html><p title=\"a\">";
    }

    // Compiled like an F# union and the functions of its module, as in Plotly.NET.
    private static class FSharpCharts
    {
        public static string toEmbeddedHTML(Chart chart) => chart is null ? "" : "<b>chart</b>";

        public abstract class Chart
        {
            public sealed class Case : Chart;
        }
    }

    private static class FSharpFigures
    {
        public static string toFigureJson(Chart chart) => chart is null ? "" : "{\"data\":[{\"y\":[1,2]}]}";

        public static string toEmbeddedHTML(Chart chart) => chart is null ? "" : "<b>chart</b>";

        public abstract class Chart
        {
            public sealed class Case : Chart;
        }
    }

    // Plotly.NET's attribute of the same name has other members.
    [Foreign.TypeFormatterSource]
    private sealed class OtherSource
    {
        public string ToHtml() => "<b>own</b>";
    }

    private static class Foreign
    {
        [AttributeUsage(AttributeTargets.Class)]
        public sealed class TypeFormatterSourceAttribute : Attribute
        {
            public Type TypeFormatterSourceType => typeof(Foreign);
        }
    }

    private sealed class FailingHtml
    {
        public string ToHtml() => throw new FormatException("no HTML today");
    }

    private sealed class FailingText
    {
        public override string ToString() => throw new NotSupportedException("no text");
    }
}
