using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Book;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Tests.Running;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Book;

/// <summary>Outputs of megabytes: the page stays small, the published notebook complete, and memory proportional to the file.</summary>
public sealed class LongOutputTests : IDisposable
{
    private const double MaximumFactor = 16;
    private const string Line = "epoch 17, loss 0.1234567, accuracy 0.987654 <b>\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("stream", 6 << 20)]
    [InlineData("lines", 6 << 20)]
    [InlineData(MimeBundle.PlainText, 6 << 20)]
    [InlineData(MimeBundle.Html, 9 << 20)]
    [InlineData(MimeBundle.Markdown, 1 << 20)]
    [InlineData(MimeBundle.Markdown, 6 << 20)]
    [InlineData(MimeBundle.Svg, 6 << 20)]
    [InlineData("application/json", 6 << 20)]
    [InlineData(MimeBundle.Plotly, 9 << 20)]
    public void Page_and_search_index_stay_small_the_notebook_is_complete_and_publishing_allocates_a_small_multiple(string kind, int length)
    {
        var (small, large) = (Notebook(kind, 1 << 10), Notebook(kind, length));
        Allocated(small);

        var factor = (-Allocated(small) + Allocated(large)) / (double)large.Length;

        Assert.True(factor < MaximumFactor, $"{factor:0.0} times the file is allocated");
        Assert.InRange(new FileInfo(_folder["book/01-a.html"]).Length, 1, 400_000);
        Assert.InRange(new FileInfo(_folder["book/search-index.js"]).Length, 1, 30_000);
        Assert.Equal(large, File.ReadAllBytes(_folder["book/notebooks/01-a.ipynb"]));
        Assert.Contains(kind == MimeBundle.Svg ? "<img alt=\"A line\" src=\"figures/01/c1.svg\" width=\"8\" height=\"4\">" : "<a href=\"notebooks/01-a.ipynb\" download>the notebook</a>", File.ReadAllText(_folder["book/01-a.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_of_many_outputs_is_joined_in_linear_time()
    {
        var cell = TestNotebook.Code("1");
        cell["outputs"] = new JsonArray([.. Enumerable.Range(0, 20_000).Select(_ => Stream(Line))]);
        var notebook = TestNotebook.At("01-a.ipynb", cell).ToBytes();

        Assert.InRange(Allocated(notebook), 0, 150_000_000);
    }

    [Fact]
    public void Truncated_text_ends_with_a_line_and_states_the_total_size()
    {
        Publish(Notebook("stream", 2_000_000));

        var page = File.ReadAllText(_folder["book/01-a.html"]);
        Assert.Contains("accuracy 0.987654 &lt;b&gt;</pre>\n<p class=\"output missing\">Cut here: the first 100 kB of 2.0 MB.", page, StringComparison.Ordinal);
    }

    private static byte[] Notebook(string kind, int length)
    {
        var cell = TestNotebook.Code("1");
        var text = string.Concat(Enumerable.Repeat(Line, length / Line.Length));
        cell["outputs"] = new JsonArray(kind switch
        {
            "stream" => Stream(text),
            "lines" => Stream(NotebookText.Split(text)),
            MimeBundle.Svg => Output(kind, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"4\"><title>A line</title><desc></desc>{string.Concat(Enumerable.Repeat("<path d=\"M 0.123456 1.234567 L 2.345678 3.456789\"/>\n", length / 50))}</svg>"),
            "application/json" => Output(kind, Numbers(length)),
            MimeBundle.Plotly => Output(kind, new JsonObject { ["data"] = new JsonArray(new JsonObject { ["y"] = Numbers(length) }) }),
            _ => Output(kind, text.Replace("<b>", "<b>b</b>", StringComparison.Ordinal)),
        });
        return TestNotebook.At("01-a.ipynb", cell).ToBytes();
    }

    private static JsonArray Numbers(int length) => new([.. Enumerable.Range(0, length / 19).Select(i => (JsonNode)(1000 + i / 7.0))]);

    private static JsonObject Stream(JsonNode text) => new() { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = text };

    private static JsonObject Output(string type, JsonNode form) =>
        new() { ["output_type"] = "display_data", ["metadata"] = new JsonObject(), ["data"] = new JsonObject { [type] = form } };

    private long Allocated(byte[] notebook)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Publish(notebook);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private void Publish(byte[] notebook) => BookPublisher.Publish(
        [NotebookDocument.Parse(notebook, _folder["notebooks/01-a.ipynb"])], new BookOptions { OutputFolder = _folder["book"] });
}
