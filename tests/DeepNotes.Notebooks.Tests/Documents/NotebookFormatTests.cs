using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Tests.Documents;

public sealed class NotebookFormatTests
{
    /// <summary>A file, and the error message.</summary>
    public static TheoryData<string, string> FileRows => new()
    {
        { "hello", "not JSON at line 1 ('h' is an invalid start of a value); expected a Jupyter notebook (nbformat 4)." },
        { "", "the file is empty; expected a Jupyter notebook" },
        { " \n", "not JSON at line 2" },
        { "{\n\"cells\": [", "not JSON at line 2 (the text ends too early); expected" },
        { "{\"cells\": [NaN]}", "not JSON at line 1 ('N' is an invalid start of a value)" },
        { "{\"cells\": [],}", "not JSON at line 1" },
        { "{} {}", "not JSON at line 1" },
        { Deep(1000), "nested deeper than 512 levels at line 1" },
        { "[]", "expected a JSON object with cells, got a list." },
        { "null", "expected a JSON object with cells, got null." },
        { "\"x\"", "expected a JSON object with cells, got a string." },
        { "{\"cells\": [{\"cell_type\": \"code\"}], \"nbformat\": 3}", "nbformat 3, expected 4. Convert it with: jupyter nbconvert --to notebook --inplace \"bad.ipynb\"" },
        { "{\"cells\": [], \"nbformat\": 5}", "nbformat 5, expected 4." },
        { "{\"cells\": []}", "nbformat missing, expected 4: this is JSON, but not a notebook." },
        { "{\"nbformat\": \"4\"}", "nbformat: expected a whole number, got a string." },
        { "{\"nbformat\": 4.5}", "nbformat: expected a whole number, got 4.5." },
        { "{\"nbformat\": 4e99}", "nbformat: expected a whole number, got 4e99." },
        { "{\"nbformat\": true}", "nbformat: expected a whole number, got true." },
        { "{\"nbformat\": 4, \"nbformat_minor\": {}}", "nbformat_minor: expected a whole number, got an object." },
        { "{\"cells\": [], \"nbformat\": 4}", "the notebook has no cells." },
        { "{\"nbformat\": 4}", "the notebook has no cells." },
        { "{\"cells\": {}, \"nbformat\": 4}", "cells: expected a list of cells, got an object." },
        { "{\"cells\": [5], \"nbformat\": 4}", "cell 1: expected a cell, got 5." },
        { "{\"cells\": [{\"cell_type\": \"raw\"}, null], \"nbformat\": 4}", "cell 2: expected a cell, got null." },
        { "{\"cells\": [{}], \"nbformat\": 4}", "cell 1: cell_type: expected \"code\", \"markdown\" or \"raw\", got null." },
        { "{\"cells\": [{\"cell_type\": \"code\", \"id\": \"a\"}, {\"cell_type\": \"code\", \"id\": \"a\"}], \"nbformat\": 4}", "cells 1 and 2 have the same id \"a\"; change one of them." },
    };

    /// <summary>A field of the second cell, or of the notebook's metadata, and the error message.</summary>
    public static TheoryData<string, string> FieldRows => new()
    {
        { "\"cell_type\": 7", "cell_type: expected a string, got 7." },
        { "\"id\": 5", "id: expected a string, got 5." },
        { "\"metadata\": []", "metadata: expected an object, got a list." },
        { "\"metadata\": {\"tags\": \"setup\"}", "metadata.tags: expected a list of strings, got a string." },
        { "\"metadata\": {\"tags\": [\"a\", 1]}", "metadata.tags[1]: expected a string, got 1." },
        { "\"metadata\": {\"deepnotes\": \"x\"}", "metadata.deepnotes: expected an object, got a string." },
        { "\"metadata\": {\"deepnotes\": {\"timing\": \"yes\"}}", "metadata.deepnotes.timing: expected true or false, got a string." },
        { "\"metadata\": {\"deepnotes\": {\"covers\": {}}}", "metadata.deepnotes.covers: expected a list of strings, got an object." },
        { "\"metadata\": {\"deepnotes\": {\"verdicts\": [null]}}", "metadata.deepnotes.verdicts[0]: expected a string, got null." },
        { "\"metadata\": {\"deepnotes\": {\"card\": {\"id\": 1}}}", "metadata.deepnotes.card.id: expected a string, got 1." },
        { "\"source\": 5", "source: expected a string or a list of strings, got 5." },
        { "\"source\": [\"a\", [\"b\"]]", "source[1]: expected a string, got a list." },
        { "\"source\": \"x\\ud83d\"", "source: the code contains an unpaired surrogate" },
        { "\"source\": [\"\\ude00\\ud83d\"]", "source: the code contains an unpaired surrogate" },
        { "\"attachments\": {\"a.png\": \"x\"}", "attachments.a.png: expected an object, got a string." },
        { "\"attachments\": {\"a\\u001b[31m\\n.png\": {\"image/png\": 1}}", "attachments.a [31m .png.image/png: expected a string or a list of strings, got 1." },
        { "\"outputs\": \"x\"", "outputs: expected a list, got a string." },
        { "\"outputs\": [\"x\"]", "outputs[0]: expected an object, got a string." },
        { "\"outputs\": [null]", "outputs[0]: expected an output, got null." },
        { "\"outputs\": [{}]", "outputs[0].output_type: expected the kind of output, got null." },
        { "\"outputs\": [{\"output_type\": []}]", "outputs[0].output_type: expected a string, got a list." },
        { "\"outputs\": [{\"output_type\": \"stream\", \"name\": 1}]", "outputs[0].name: expected a string, got 1." },
        { "\"outputs\": [{\"output_type\": \"stream\", \"text\": {}}]", "outputs[0].text: expected a string or a list of strings, got an object." },
        { "\"outputs\": [{\"output_type\": \"display_data\", \"data\": []}]", "outputs[0].data: expected an object, got a list." },
        { "\"outputs\": [{\"output_type\": \"display_data\", \"metadata\": 1}]", "outputs[0].metadata: expected an object, got 1." },
        { "\"outputs\": [{\"output_type\": \"error\", \"ename\": 1}]", "outputs[0].ename: expected a string, got 1." },
        { "\"outputs\": [{\"output_type\": \"error\", \"evalue\": false}]", "outputs[0].evalue: expected a string, got false." },
        { "\"outputs\": [{\"output_type\": \"error\", \"traceback\": \"x\"}]", "outputs[0].traceback: expected a list of strings, got a string." },
    };

    public static TheoryData<string, string> MetadataRows => new()
    {
        { "5", "metadata: expected an object, got 5." },
        { "{\"kernelspec\": \"python3\"}", "metadata.kernelspec: expected an object, got a string." },
        { "{\"kernelspec\": {\"name\": []}}", "metadata.kernelspec.name: expected a string, got a list." },
        { "{\"language_info\": \"C#\"}", "metadata.language_info: expected an object, got a string." },
        { "{\"deepnotes\": \"x\"}", "metadata.deepnotes: expected an object, got a string." },
        { "{\"deepnotes\": {\"chapter\": 4}}", "metadata.deepnotes.chapter: expected a string, got 4." },
        { "{\"deepnotes\": {\"title\": null, \"summary\": []}}", "metadata.deepnotes.summary: expected a string, got a list." },
        { "{\"deepnotes\": {\"run\": \"x\"}}", "metadata.deepnotes.run: expected an object, got a string." },
    };

    /// <summary>Unusual fields that Jupyter accepts.</summary>
    public static TheoryData<string> GoodCells => new(
        "\"metadata\": null, \"source\": null, \"outputs\": null, \"execution_count\": \"x\"",
        "\"metadata\": {\"tags\": null, \"deepnotes\": null}, \"id\": null, \"attachments\": null",
        "\"metadata\": {\"deepnotes\": {\"timing\": null, \"covers\": null, \"card\": null, \"slide\": 7}}, \"id\": \"\"",
        "\"metadata\": {}, \"metadata\": {}, \"source\": \"1\", \"source\": \"2\"",
        "\"outputs\": [{\"output_type\": \"stream\"}, {\"output_type\": \"error\", \"traceback\": null}, {\"output_type\": \"error\", \"traceback\": [null, \"x\"]}, {\"output_type\": \"new kind\", \"x\": 1}]",
        "\"outputs\": [{\"output_type\": \"execute_result\", \"execution_count\": 4.0, \"data\": {\"text/plain\": null, \"application/json\": null, \"text/html\": 7, \"image/png\": {\"a\": 1}}}]",
        "\"outputs\": [{\"output_type\": \"stream\", \"text\": \"\\ud83d\"}], \"execution_count\": 1e99");

    [Theory]
    [MemberData(nameof(FileRows))]
    public void A_file_that_is_not_a_notebook_is_rejected(string text, string message) => Fails(text, $"bad.ipynb: {message}");

    [Theory]
    [MemberData(nameof(FieldRows))]
    public void A_field_of_a_wrong_type_is_reported_with_its_cell(string field, string message)
    {
        var id = field.StartsWith("\"id\"", StringComparison.Ordinal) ? "" : " (id \"b\")";
        var cell = $"\"cell_type\": \"code\", \"id\": \"b\", {field}";
        Fails($$"""{"cells": [{"cell_type": "raw", "id": "a"}, {{{cell}}}], "nbformat": 4}""", $"bad.ipynb: cell 2{id}: {message}");
    }

    [Theory]
    [MemberData(nameof(MetadataRows))]
    public void A_metadata_field_of_a_wrong_type_is_reported(string metadata, string message) =>
        Fails($$"""{"cells": [{"cell_type": "raw"}], "nbformat": 4, "metadata": {{metadata}}}""", $"bad.ipynb: {message}");

    [Theory]
    [MemberData(nameof(GoodCells))]
    public void Missing_fields_and_unused_fields_of_any_type_are_accepted(string fields)
    {
        var text = $$"""{"cells": [{"cell_type": "code", {{fields}}}, {"cell_type": "markdown", "source": "\ud83d"}], "nbformat": 4.0, "nbformat_minor": null, "metadata": null}""";
        var notebook = NotebookDocument.Parse(text, "x.ipynb");
        _ = (notebook.Title, notebook.Chapter, notebook.Cells[0].Source, notebook.Cells[0].Tags, notebook.Cells[0].IsTiming, notebook.Cells[0].Outputs.Select(output => output.ToJson()).ToList());
        Assert.Equal(text, notebook.ToText());
    }

    [Fact]
    public void The_last_of_two_equal_keys_wins() =>
        Assert.Equal("2", NotebookDocument.Parse("""{"cells": [{"cell_type": "code", "source": "1", "source": "2"}], "nbformat": 3, "nbformat": 4}""", "x.ipynb").Cells[0].Source);

    [Fact]
    public void The_maximum_nesting_depth_is_read_and_written()
    {
        var text = $$"""{"cells": [{"cell_type": "code", "x": {{Deep(500)}}}], "nbformat": 4}""";
        Assert.Equal(text, NotebookDocument.Parse(text, "x.ipynb").Clone().ToText());
    }

    private static string Deep(int levels) => new string('[', levels) + new string(']', levels);

    private static void Fails(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<NotebookFormatException>(() => NotebookDocument.Parse(text, "bad.ipynb")).Message, StringComparison.Ordinal);
}
