using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Documents;

public sealed class NotebookDocumentTests
{
    private const string Small = """
        {
         "cells": [
          {
           "cell_type": "markdown",
           "id": "a",
           "metadata": {},
           "source": [
            "# Title ≠ name\n",
            "中文"
           ],
           "unknown": {
            "z": 1,
            "a": [
             2.50
            ]
           }
          },
          {
           "cell_type": "code",
           "execution_count": null,
           "id": "b",
           "metadata": {
            "deepnotes": {
             "timing": true
            },
            "tags": [
             "setup"
            ]
           },
           "outputs": [],
           "source": [
            "1 < 2"
           ]
          }
         ],
         "metadata": {
          "deepnotes": {
           "chapter": "07"
          },
          "other_tool": true
         },
         "nbformat": 4,
         "nbformat_minor": 5
        }

        """;

    [Fact]
    public void What_we_do_not_know_survives_to_the_byte()
    {
        var text = Small.ReplaceLineEndings("\n");
        Assert.Equal(text, NotebookDocument.Parse(text, "x.ipynb").ToText());
    }

    [Fact]
    public void Cells_and_metadata_are_read()
    {
        var notebook = NotebookDocument.Parse(Small, "folder/07-x.ipynb");
        Assert.Equal(("07", "07-x", "Title ≠ name"), (notebook.Chapter, notebook.Name, notebook.Title));
        Assert.Equal("# Title ≠ name\n中文", notebook.Cells[0].Source);
        Assert.True(notebook.Cells[1] is { IsCode: true, IsTiming: true, Tags: ["setup"], Id: "b", Index: 1 });
    }

    [Fact]
    public void Windows_line_ends_and_a_byte_order_mark_are_read()
    {
        var notebook = NotebookDocument.Parse("\uFEFF" + Small.ReplaceLineEndings("\r\n").Replace("name\\n", "name\\r\\n", StringComparison.Ordinal), "x.ipynb");
        Assert.Equal("# Title ≠ name\n中文", notebook.Cells[0].Source);
        Assert.DoesNotContain('\r', notebook.ToText().Replace("\\r", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Cells_without_ids_get_stable_ones()
    {
        var old = """{"cells": [{"cell_type": "code", "source": "1"}, {"cell_type": "code", "source": "2"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 2}""";
        var notebook = NotebookDocument.Parse(old, "x.ipynb");
        Assert.Equal(["cell-1", "cell-2"], notebook.Cells.Select(cell => cell.Id));
        Assert.Contains("\"nbformat_minor\": 5", notebook.ToText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hello", "not JSON at line 1")]
    [InlineData("", "not JSON")]
    [InlineData("[]", "expected a JSON object with cells, got Array")]
    [InlineData("{\"cells\": [{\"cell_type\": \"code\"}], \"nbformat\": 3}", "nbformat 3, expected 4. Convert it with: jupyter nbconvert")]
    [InlineData("{\"cells\": []}", "nbformat missing, expected 4")]
    [InlineData("{\"cells\": [], \"nbformat\": 4}", "the notebook has no cells")]
    [InlineData("{\"nbformat\": 4}", "the notebook has no cells")]
    [InlineData("{\"cells\": [5], \"nbformat\": 4}", "cell 1 is not a notebook cell")]
    [InlineData("{\"cells\": [{\"cell_type\": \"code\", \"id\": \"a\"}, {\"cell_type\": \"code\", \"id\": \"a\"}], \"nbformat\": 4}", "cells 1 and 2 have the same id \"a\"")]
    public void What_is_no_notebook_is_named_with_its_file(string text, string message)
    {
        var error = Assert.Throws<NotebookFormatException>(() => NotebookDocument.Parse(text, "bad.ipynb"));
        Assert.StartsWith("bad.ipynb: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Equal("gone.ipynb: no such notebook.", Assert.Throws<NotebookFormatException>(() => NotebookDocument.Load("gone.ipynb")).Message);

    [Fact]
    public void Outputs_of_every_kind_come_back_as_they_were_set()
    {
        var bundle = new MimeBundle { [MimeBundle.PlainText] = "a\nb", [MimeBundle.Plotly] = new System.Text.Json.Nodes.JsonObject { ["data"] = 1 } };
        CellOutput[] outputs =
        [
            new StreamOutput("stdout", "one\ntwo"),
            new DisplayOutput(bundle, null),
            new ResultOutput(bundle, 3),
            new ErrorOutput("E", "message", ["line 1", "line 2"]),
        ];
        var cell = NotebookDocument.Parse(Small, "x.ipynb").Cells[1];
        cell.Outputs = outputs;
        Assert.Equal(outputs.Select(output => output.ToJson().ToJsonString()), cell.Outputs.Select(output => output.ToJson().ToJsonString()));
        Assert.Equal("a\nb", ((DisplayOutput)cell.Outputs[1]).Data.Text(MimeBundle.PlainText));
    }

    [Fact]
    public void A_write_that_fails_leaves_the_old_file_and_no_other()
    {
        using var folder = new TemporaryFolder();
        var target = Path.Combine(folder.Path, "taken");
        Directory.CreateDirectory(Path.Combine(target, "inside"));
        Assert.ThrowsAny<Exception>(() => AtomicFile.WriteAllText(target, "new"));
        Assert.Equal([target], Directory.GetFileSystemEntries(folder.Path));
        AtomicFile.WriteAllText(Path.Combine(folder.Path, "new", "file"), "text");
        Assert.Equal("text", File.ReadAllText(Path.Combine(folder.Path, "new", "file")));
    }
}
