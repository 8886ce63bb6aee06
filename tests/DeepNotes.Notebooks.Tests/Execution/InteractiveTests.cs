using DeepNotes.Notebooks.Execution;

namespace DeepNotes.Notebooks.Tests.Execution;

/// <summary>The API of .NET Interactive that notebooks use.</summary>
public class InteractiveTests(SessionFixture fixture) : IClassFixture<SessionFixture>
{
    private const string Person = "class Person { public string First = \"A\"; public int Age = 3; }\nvar person = new Person(); var people = new List<Person> { person, new() };\n";

    [Theory]
    [InlineData("\"<b>x</b>\".DisplayAs(\"text/html\")", "text/html: <b>x</b>")]
    [InlineData("new { A = 1 }.Display(\"application/json\", \"text/html\");", "application/json: {\"A\":1}; text/html: { A = 1 }")]
    [InlineData("display(1)", "text/plain: 1")]
    [InlineData("display(\"<i>\", \"text/html\");", "text/html: <i>")]
    [InlineData("new[] { 1, 2 }.DisplayTable();", "text/html: <table>\n<thead><tr><th>value</th></tr></thead>\n<tbody>\n<tr><td>1</td></tr>\n<tr><td>2</td></tr>\n</tbody>\n</table>; text/plain: value\n1\n2")]
    [InlineData("new[] { new { A = 1 } }.DisplayTable();", "text/html: <table>\n<thead><tr><th>A</th></tr></thead>\n<tbody>\n<tr><td>1</td></tr>\n</tbody>\n</table>; text/plain: A\n1")]
    [InlineData("Javascript(\"alert(1)\");", "text/html: <script type=\"text/javascript\">alert(1)</script>")]
    [InlineData("CSS(\"b { color: red }\");", "text/html: <style>b { color: red }</style>")]
    [InlineData("(LaTeXString)@\"$x^2$\"", "text/latex: $x^2$; text/plain: $x^2$")]
    [InlineData("(MathString)@\"x^2\"", "text/latex: $$x^2$$; text/plain: $$x^2$$")]
    [InlineData("LaTeX(@\"$x$\")", "text/latex: $x$; text/plain: $x$")]
    [InlineData("var shown = display(1); shown.Update(2);", "text/plain: 1 | text/plain: 2")]
    [InlineData("DisplayedValue kept = display(1);", "text/plain: 1")]
    [InlineData("KernelInvocationContext.Current.CancellationToken.IsCancellationRequested", "text/plain: false")]
    [InlineData("await Kernel.GetInputAsync(\"name?\")", "stdout: name? ")]
    [InlineData("new[] { 1 }.ToDisplayString(\"text/plain\")", "text/plain: int[1] { 1 }")]
    [InlineData("HtmlFormatter.MimeType", "text/plain: text/html")]
    [InlineData(Person + "Formatter.Register<Person>(p => p.First); person", "text/plain: A")]
    [InlineData(Person + "Formatter.Register<Person>((p, writer) => writer.Write($\"<i>{p.First}</i>\"), \"text/html\"); person",
        "text/html: <i>A</i>; text/plain: Person { First: \"A\", Age: 3 }")]
    [InlineData(Person + "Formatter.Register<Person>((p, w) => w.Write(\"<i>\"), mimeType: \"text/html\"); people.Display(\"text/html\");",
        "text/html: <table>\n<tbody>\n<tr><td><i></td></tr>\n<tr><td><i></td></tr>\n</tbody>\n</table>")]
    [InlineData(Person + "Formatter.Register<Person>((p, w) => w.Write(\"<i>\"), HtmlFormatter.MimeType); new[] { new { P = person } }.Display(\"text/html\");",
        "text/html: <table>\n<thead><tr><th>P</th></tr></thead>\n<tbody>\n<tr><td><i></td></tr>\n</tbody>\n</table>")]
    [InlineData(Person + "Formatter<Person>.Register((p, writer) => { writer.Write(p.First); }, \"text/html\"); person", "text/html: A; text/plain: Person { First: \"A\", Age: 3 }")]
    [InlineData(Person + "Formatter<Person>.Register(p => p.First); person", "text/plain: A")]
    [InlineData("Formatter.Register(typeof(List<>), (list, writer) => writer.Write(\"a list\"), \"text/html\"); new List<int> { 1 }.Display(\"text/html\");", "text/html: a list")]
    [InlineData("Formatter.Register<IEnumerable<int>>(x => \"numbers\"); new[] { 1 }", "text/plain: numbers")]
    [InlineData("Formatter.Register<object>(x => \"any\"); Formatter.Register<Exception>(x => \"error\"); display(1.5); new FormatException()", "text/plain: any | text/plain: error")]
    [InlineData("Formatter.Register<int>((n, context) => { context.Writer.Write(n + 1); return n > 1; }); display(1); 2", "text/plain: 1 | text/plain: 3")]
    [InlineData("Formatter.Register<int>(n => throw new Exception(\"bad\")); 1", "text/plain: Int32 could not be shown: Exception: bad")]
    [InlineData("Formatter.Register<int>(n => \"x\"); Formatter.ResetToDefault(); 1", "text/plain: 1")]
    [InlineData("Formatter.SetPreferredMimeTypesFor(typeof(int), \"text/html\"); 1", "text/html: 1; text/plain: 1")]
    [InlineData("Formatter.ListExpansionLimit = 2; Enumerable.Range(0, 9).ToArray()", "text/plain: int[9] { 0, 1, … }")]
    [InlineData("Formatter.ListExpansionLimit = 1; new[] { (1, 2), (3, 4) }.Display(\"text/plain\");", "text/plain: item1  item2\n1      2\n… 1 more rows")]
    public async Task A_cell_shows(string code, string expected)
    {
        var (_, outputs) = await fixture.RunAsync("Formatter.ResetToDefault();\n" + code);
        await fixture.RunAsync("Formatter.ResetToDefault();");

        Assert.Equal(expected, string.Join(" | ", outputs.Select(DisplayFormsTests.Describe)));
    }

    [Theory]
    [InlineData("b(\"a<b\")", "<b>a&lt;b</b>")]
    [InlineData("div[style: \"color:red\", data_x: 1, @class: \"k\"](b(\"x\"), 3)", "<div style=\"color:red\" data-x=\"1\" class=\"k\"><b>x</b>3</div>")]
    [InlineData("img[src: \"a.png?x=1&y=\\\"\"]", "<img src=\"a.png?x=1&amp;y=&quot;\" />")]
    [InlineData("span(i(\"x\"), br, hr)", "<span><i>x</i><br /><hr /></span>")]
    [InlineData("span[\"hidden\"](\"x\")", "<span hidden>x</span>")]
    [InlineData("ul(new[] { 1, 2 }.Select(n => li(n)))", "<ul><li>1</li><li>2</li></ul>")]
    [InlineData("table(tr(td(\"a\"), td(h1(\"b\"))))", "<table><tr><td>a</td><td><h1>b</h1></td></tr></table>")]
    [InlineData("span(HTML(\"<u>x</u>\"), \"<u>\".ToHtmlContent())", "<span><u>x</u><u></span>")]
    [InlineData("_.article(\"x\")", "<article>x</article>")]
    [InlineData("b(new { A = 1 })", "<b>{ A = 1 }</b>")]
    [InlineData("p(new[] { (1, 2) })", "<p><table>\n<thead><tr><th>item1</th><th>item2</th></tr></thead>\n<tbody>\n<tr><td>1</td><td>2</td></tr>\n</tbody>\n</table></p>")]
    [InlineData("p()", "<p></p>")]
    public async Task HTML_elements_are_created_in_CSharp(string code, string html)
    {
        var (_, outputs) = await fixture.RunAsync(
            $"using static Microsoft.DotNet.Interactive.Formatting.PocketViewTags;\nusing Microsoft.DotNet.Interactive.Formatting;\nusing Microsoft.DotNet.Interactive;\nPocketView view = {code};\nview");

        Assert.Equal($"text/html: {html}; text/plain: {html}", DisplayFormsTests.Describe(Assert.Single(outputs)));
    }

    [Fact]
    public async Task A_table_is_composed_from_lists_of_elements()
    {
        var (_, outputs) = await fixture.RunAsync("""
            using Microsoft.AspNetCore.Html;
            using static Microsoft.DotNet.Interactive.Formatting.PocketViewTags;
            record Grid(int[][] Rows);
            Formatter.Register<Grid>((grid, writer) =>
            {
                var headers = new List<IHtmlContent> { new HtmlString("<th>raw</th>") };
                headers.Add(th(i("index")));
                var rows = grid.Rows.Select(row => row.Select(value => (IHtmlContent)td(value)).ToList());
                writer.Write(table(thead(headers), tbody(rows.Select(row => tr(row)))));
            }, "text/html");
            new Grid([[1], [2]])
            """);

        Assert.StartsWith(
            "text/html: <table><thead><th>raw</th><th><i>index</i></th></thead><tbody><tr><td>1</td></tr><tr><td>2</td></tr></tbody></table>",
            DisplayFormsTests.Describe(Assert.Single(outputs)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Kernel.Root.ToString()", "it has no kernels that commands could be sent to")]
    [InlineData("Kernel.Current.ToString()", "it has no kernels that commands could be sent to")]
    [InlineData("KernelInvocationContext.Current.Publish(1);", "no events of kernels")]
    [InlineData("Formatter.ListExpansionLimit = 0;", "expected 1 or more")]
    [InlineData("new Microsoft.DotNet.Interactive.Formatting.PocketView(\"a\").ToString(); dynamic a = new PocketView(\"a\"); a[\"x><script\"]", "is not the name of an attribute")]
    [InlineData("new System.Globalization.CultureInfo(\"de-DE\")", "Hint: cells run with the invariant culture only")]
    [InlineData("int.Parse(Console.ReadLine())", "Hint: no input is available here, so Console.ReadLine() returned null")]
    public async Task Unsupported_members_give_a_one_line_error(string code, string message)
    {
        var error = (await fixture.RunAsync(code)).Result.Error!.Message;

        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    }

    [Fact]
    public async Task The_console_can_be_cleared_and_read() =>
        Assert.Equal(CellStatus.Done, (await fixture.RunAsync("Console.Clear(); Console.In.ReadLine();")).Result.Status);
}
