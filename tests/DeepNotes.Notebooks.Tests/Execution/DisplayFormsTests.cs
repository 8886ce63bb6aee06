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
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Plain_text(object? value, string expected) =>
        Assert.Equal(expected, DisplayForms.Of(value).Text(MimeBundle.PlainText));

    [Fact]
    public void Rows_are_a_table_with_what_was_left_out()
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
    public void One_form_on_request(object? value, string mimeType, string expected) =>
        Assert.StartsWith(expected.TrimEnd('*'), Describe(DisplayForms.Of(value, mimeType)), StringComparison.Ordinal);

    [Theory]
    [InlineData("MeanError", "mean error")]
    [InlineData("N", "N")]
    [InlineData("MSELoss", "MSE loss")]
    [InlineData("LargestError32", "largest error32")]
    [InlineData("exp_sum", "exp sum")]
    [InlineData("Item1", "item1")]
    public void A_column_is_headed_in_words(string member, string heading) => Assert.Equal(heading, ColumnHeading.Of(member));

    private static string Describe(MimeBundle bundle) =>
        string.Join(" | ", bundle.Forms.Select(form => $"{form.Key}: {NotebookText.Join(form.Value)}"));

    private static IEnumerable<int> Forever()
    {
        while (true)
        {
            yield return 1;
        }
    }

    private sealed record Point(int X, double Y);

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

    private sealed class FailingHtml
    {
        public string ToHtml() => throw new FormatException("no HTML today");
    }

    private sealed class FailingText
    {
        public override string ToString() => throw new NotSupportedException("no text");
    }
}
