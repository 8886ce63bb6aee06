using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Running;

namespace DeepNotes.Notebooks.Tests.Running;

public sealed class DibFileTests
{
    [Theory]
    [InlineData("1 + 1", "csharp:1 + 1")]
    [InlineData("#!markdown\n\n# A\n\n#!csharp\n\n\n1\n\n2\n\n", "markdown:# A|csharp:1\n\n2")]
    [InlineData("#!c#\r\n1\r\n#!md\r\nb\r\n", "csharp:1|markdown:b")]
    [InlineData("\uFEFF#!csharp\n#!time\n#!connect sql x\n1", "csharp:#!time\n#!connect sql x\n1")]
    [InlineData("#!csharp\n#!markdown\nonly\n#!csharp\n", "markdown:only")]
    [InlineData("#!meta\n\n{\"kernelInfo\":{\"items\":[{\"name\":\"sql-shop\",\"aliases\":[\"shop\"]},{\"name\":\"csharp\"}]}}\n\n#!shop\nselect 1\n#!fsharp\n2", "sql-shop:select 1|fsharp:2")]
    public void A_line_with_a_language_begins_a_cell(string text, string cells) =>
        Assert.Equal(cells, string.Join('|', DibFile.ToNotebook(text, "a.ipynb").Cells.Select(Describe)));

    [Fact]
    public void The_converted_notebook_uses_this_kernel_and_can_be_read()
    {
        var notebook = DibFile.ToNotebook("1", "a.ipynb");

        NotebookLanguage.Require(notebook);
        Assert.Equal("deepnotes", (string?)notebook.Json["metadata"]!["kernelspec"]!["name"]);
        Assert.Equal(notebook.ToText(), NotebookDocument.Parse(notebook.ToText(), "a.ipynb").ToText());
    }

    [Theory]
    [InlineData("#!meta\n{\"kernelInfo\":\n", "a.ipynb: #!meta: not JSON")]
    [InlineData("", "a.ipynb: the notebook has no cells.")]
    [InlineData("#!meta\n[1]\n#!csharp\n1", "a.ipynb: #!meta: expected a JSON object.")]
    public void An_invalid_file_is_rejected(string text, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<NotebookFormatException>(() => DibFile.ToNotebook(text, "a.ipynb")).Message, StringComparison.Ordinal);

    private static string Describe(NotebookCell cell) => $"{(cell.IsMarkdown ? "markdown" : NotebookLanguage.Of(cell) ?? "csharp")}:{cell.Source}";
}
