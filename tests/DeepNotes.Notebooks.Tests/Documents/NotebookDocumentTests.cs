using System.Diagnostics;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Tests.Running;
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
    public void Unknown_fields_are_preserved_byte_for_byte()
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
    public void Windows_line_endings_and_a_byte_order_mark_are_preserved()
    {
        var text = "\uFEFF" + Small.ReplaceLineEndings("\r\n").Replace("name\\n", "name\\r\\n", StringComparison.Ordinal);
        var notebook = NotebookDocument.Parse(text, "x.ipynb");
        Assert.Equal("# Title ≠ name\n中文", notebook.Cells[0].Source);
        Assert.Equal(text, notebook.ToText());

        notebook.Cells[0].Source = "# New\nlines";
        notebook.Cells[1].Outputs = [new StreamOutput("stdout", "a\n")];
        var changed = text.Replace("# Title ≠ name\\r\\n", "# New\\r\\n", StringComparison.Ordinal).Replace("中文", "lines", StringComparison.Ordinal)
            .Replace("[],", "[\n    {\n     \"name\": \"stdout\",\n     \"output_type\": \"stream\",\n     \"text\": [\n      \"a\\n\"\n     ]\n    }\n   ],".ReplaceLineEndings("\r\n"), StringComparison.Ordinal);
        Assert.Equal(changed, notebook.ToText());
    }

    [Fact]
    public void Only_carriage_returns_and_line_feeds_end_lines()
    {
        var cell = NotebookDocument.Parse(Small.Replace("1 < 2", "a\\u2028b\\u2029\\f\\u000b\\u0085\\u001c\\r\\nc\\rd", StringComparison.Ordinal), "x.ipynb").Cells[1];
        Assert.Equal("a\u2028b\u2029\f\v\u0085\u001c\nc\nd", cell.Source);
    }

    [Fact]
    public void Cells_without_ids_get_stable_ids_that_are_not_saved()
    {
        var old = """{"cells": [{"cell_type": "code", "source": "1"}, {"cell_type": "code", "id": "cell-1", "source": "2"}, {"cell_type": "raw", "source": ""}], "metadata": {}, "nbformat": 4, "nbformat_minor": 2}""";
        var notebook = NotebookDocument.Parse(old, "x.ipynb");
        Assert.Equal(["cell-1-2", "cell-1", "cell-3"], notebook.Cells.Select(cell => cell.Id));
        Assert.Equal(old, notebook.ToText());
    }

    // Jupyter's layout, other indentation, tabs, a single line as written by json.dump, escapes instead of letters.
    [Theory]
    [InlineData("{\n \"cells\": [\n  C\n ],\n V\n}\n", "\n    ", "\n   ", ": ", "é\U0001F600")]
    [InlineData("{\n    \"cells\": [\n        C\n    ],\n    V\n}", "\n                ", "\n            ", ": ", "é\U0001F600")]
    [InlineData("{\n\t\"cells\": [\n\t\tC\n\t],\n\tV\n}\n", "\n\t\t\t\t", "\n\t\t\t", ": ", "é\U0001F600")]
    [InlineData("{\"cells\": [C], V}", "", "", ": ", "é\U0001F600")]
    [InlineData("{\"cells\":[C],V}", "", "", ":", "é\U0001F600")]
    [InlineData("{\n \"cells\": [\n  C\n ],\n \"x\": \"\\u4e2d\",\n V\n}\n", "\n    ", "\n   ", ": ", "\\u00e9\\ud83d\\ude00")]
    [InlineData("{\n \"cells\": [\n  C\n ],\n \"x\": \"\\\\u4e2d\",\n V\n}\n", "\n    ", "\n   ", ": ", "é\U0001F600")]
    public void New_values_are_written_in_the_style_of_the_file(string layout, string item, string close, string colon, string letters)
    {
        const string Cell = "{\"cell_type\": \"code\", \"outputs\": [], \"odd\": [1.0, 1e400, 12345678901234567890, \"\\ud83d\"], \"odd\":  {}}";
        var text = layout.Replace("C", Cell, StringComparison.Ordinal).Replace("V", "\"nbformat\": 4.0", StringComparison.Ordinal);
        var notebook = NotebookDocument.Parse(text, "x.ipynb");
        notebook.Cells[0].Outputs = [new UnknownOutput(new() { ["text"] = "é\U0001F600\u0001" })];

        var comma = item.Length > 0 ? item : "";
        var output = $"[{comma}{{{Deeper(item)}\"text\"{colon}\"{letters}\\u0001\"{item}}}{close}]";
        Assert.Equal(text.Replace("[], \"odd\": [", output + ", \"odd\": [", StringComparison.Ordinal), notebook.ToText());

        static string Deeper(string item) => item.Length == 0 ? "" : item + (item.Contains('\t', StringComparison.Ordinal) ? "\t" : new string(' ', (item.Length - 1) / 4));
    }

    [Fact]
    public void New_keys_are_in_Jupyters_order()
    {
        var notebook = NotebookDocument.Parse("""{"cells": [{"cell_type": "code", "source": ""}], "metadata": null, "nbformat": 4}""", "x.ipynb");
        notebook.Cells[0].ExecutionCount = 1;
        notebook.Cells[0].Outputs = [];
        Fingerprints.Generated().StampOn(notebook);
        Assert.StartsWith("""{"cells": [{"cell_type": "code", "execution_count": 1, "outputs": [], "source": ""}], "metadata": {"deepnotes": {"run": {"data": "generated", "mode":""", notebook.ToText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n\n\"a\": \"\u00F6\"", "not UTF-8 at line 3 (byte F6)")]
    [InlineData("\u00FF\u00FE{", "is UTF-16 by its byte-order mark; expected UTF-8")]
    [InlineData("\u00FE\u00FF{", "is UTF-16 by its byte-order mark; expected UTF-8")]
    [InlineData("\u00FF\u00FE\0\0{", "is UTF-32 by its byte-order mark; expected UTF-8")]
    [InlineData("{\"a\": \"\u00ED\u00A0\u0080\"}", "not UTF-8 at line 1 (byte ED)")]
    [InlineData("{\0\"\0", "not JSON at line 1")]
    public void Another_encoding_is_rejected(string latin1, string message)
    {
        var error = Assert.Throws<NotebookFormatException>(() => NotebookDocument.Parse(System.Text.Encoding.Latin1.GetBytes(latin1), "bad.ipynb"));
        Assert.StartsWith($"bad.ipynb: {message}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_instead_of_a_notebook_is_an_error()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<NotebookFormatException>(() => NotebookDocument.Load(folder.Path));
        Assert.Equal($"{folder.Path}: is a folder; expected a notebook.", error.Message);
    }

    [UnixFact]
    public void A_pipe_is_rejected_before_it_is_opened()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var folder = new TemporaryFolder();
        using (var maker = Process.Start("mkfifo", [folder["pipe.ipynb"]]))
        {
            maker.WaitForExit();
        }

        // Opening blocks until the pipe has a reader, so that a reader is not blocked.
        using var writer = Process.Start("sh", ["-c", "echo '{}' > \"$0\"", folder["pipe.ipynb"]]);
        try
        {
            var error = Assert.Throws<NotebookFormatException>(() => NotebookDocument.Load(folder["pipe.ipynb"]));
            Assert.Equal($"{folder["pipe.ipynb"]}: is a device or a pipe; expected a notebook.", error.Message);
        }
        finally
        {
            writer.Kill();
        }
    }

    [Fact]
    public void A_missing_file_is_an_error() =>
        Assert.Equal("gone.ipynb: no such notebook.", Assert.Throws<NotebookFormatException>(() => NotebookDocument.Load("gone.ipynb")).Message);

    [Fact]
    public void Outputs_of_every_kind_round_trip()
    {
        var bundle = new MimeBundle { [MimeBundle.PlainText] = "a\nb", [MimeBundle.Plotly] = new System.Text.Json.Nodes.JsonObject { ["data"] = 1 } };
        CellOutput[] outputs =
        [
            new StreamOutput("stdout", "one\ntwo"),
            new DisplayOutput(bundle, null) { Metadata = new() { ["text/html"] = new System.Text.Json.Nodes.JsonObject { ["isolated"] = true } } },
            new ResultOutput(bundle, 3) { Metadata = new() { ["needs_background"] = "light" } },
            new ErrorOutput("E", "message", ["line 1", "line 2"]),
        ];
        var cell = NotebookDocument.Parse(Small, "x.ipynb").Cells[1];
        cell.Outputs = outputs;
        Assert.Equal(outputs.Select(output => output.ToJson().ToJsonString()), cell.Outputs.Select(output => output.ToJson().ToJsonString()));
        Assert.Equal("a\nb", ((DisplayOutput)cell.Outputs[1]).Data.Text(MimeBundle.PlainText));
    }
}
