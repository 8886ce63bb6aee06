using System.Text.Json.Nodes;
using DeepNotes.Interactive.Tests.Support;

namespace DeepNotes.Interactive.Tests;

/// <summary>Formatters are registered for the whole process: these tests run one at a time.</summary>
[Collection("kernel")]
public sealed class ExtensionTests : IDisposable
{
    private readonly CellKernel _kernel = new();

    [Theory]
    [InlineData("DeepNotes.Chart.Line(new[] { 1.0, 2 })", "application/vnd.plotly.v1+json, image/svg+xml, text/plain")]
    [InlineData("DeepNotes.Tensor.Ones([2, 2])", "text/html, text/plain")]
    [InlineData("DeepNotes.Sequential net = [new DeepNotes.Linear(2, 3)]; net", "text/html, text/plain")]
    [InlineData("DeepNotes.Prove.True(true, \"holds\");", "text/html, text/plain")]
    [InlineData("new DeepNotes.Dataset(DeepNotes.Tensor.Ones([2, 2]), [0, 1])", "text/plain")]
    [InlineData("new[] { (1, \"a\"), (2, \"b\") }", "text/html, text/plain")]
    [InlineData("Plotly.NET.CSharp.Chart.Line<double, double, string>(new[] { 1.0 }, new[] { 2.0 })", "application/vnd.plotly.v1+json, image/svg+xml, text/plain")]
    [InlineData("\"text\"", "text/plain")]
    public async Task Values_are_displayed_in_MIME_types_of_the_host(string code, string mimeTypes) =>
        Assert.Equal(mimeTypes, string.Join(", ", (await Run(code)).Select(form => form.Key).Order()));

    [Theory]
    [InlineData("new[] { new { Epoch = 1, Loss = 0.5 } }", "<table><thead><tr><th>Epoch</th><th>Loss</th></tr></thead><tbody><tr><td>1</td><td>0.5</td></tr></tbody></table>")]
    [InlineData("record R(string Name); new List<R> { new(\"<&>\"), new(null) }", "<table><thead><tr><th>Name</th></tr></thead><tbody><tr><td>&lt;&amp;&gt;</td></tr><tr><td></td></tr></tbody></table>")]
    public async Task Records_are_displayed_as_the_rows_of_one_table(string code, string html) => Assert.Equal(html, (await Run(code))["text/html"]);

    [Theory]
    [InlineData("new[] { 1, 2 }", "[ 1, 2 ]")]
    [InlineData("new[] { \"a\", null }", "a")]
    [InlineData("new object[] { 1, (2, 3) }", "index")]
    [InlineData("new Dictionary<string, int> { [\"k\"] = 7 }", "7")]
    [InlineData("Enumerable.Empty<(int, int)>()", "")]
    public async Task Other_sequences_are_displayed_as_without_the_extension(string code, string part) =>
        Assert.Contains(part, (await Run(code))["text/html"], StringComparison.Ordinal);

    [Fact]
    public async Task Live_output_is_updated_in_place()
    {
        var outputs = await RunWithReferences("var live = DeepNotes.Live.Show(1); live.Update(2); DeepNotes.Live.Show(\"other\"); live.Update(\"three\");");
        Assert.Equal(["three", "other"], outputs.Select(output => (string?)output!["data"]!["text/plain"]));
    }

    [Fact]
    public async Task The_cancellation_token_of_a_cell_is_that_of_the_host() =>
        Assert.Contains("True", (await Run("DeepNotes.Live.Cancellation.CanBeCanceled")).Values.First(), StringComparison.Ordinal);

    [Fact]
    public void A_Jupyter_kernel_of_the_host_receives_SVG()
    {
        Assert.Equal(["image/svg+xml", "text/plain"], LibraryFormatters.ChartMimeTypes(["app.dll", "jupyter", "connection.json"]));
        Assert.Contains("application/vnd.plotly.v1+json", LibraryFormatters.ChartMimeTypes(["app.dll", "stdio"]));
    }

    public void Dispose() => _kernel.Dispose();

    private async Task<JsonArray> RunWithReferences(string code)
    {
        await _kernel.Reference(typeof(Chart), typeof(Plotly.NET.GenericChart), typeof(Plotly.NET.CSharp.Chart), typeof(Microsoft.FSharp.Core.Unit));
        return await _kernel.Run(code);
    }

    private async Task<Dictionary<string, string>> Run(string code) =>
        Assert.Single(await RunWithReferences(code))!["data"]!.AsObject().ToDictionary(form => form.Key, form => (string)form.Value!);
}
