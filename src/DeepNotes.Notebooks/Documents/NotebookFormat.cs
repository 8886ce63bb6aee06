using System.Text.Json.Nodes;

namespace DeepNotes.Notebooks.Documents;

/// <summary>
/// Validates every field that is read later, before anything is executed: a field of another type than nbformat 4 specifies
/// (https://nbformat.readthedocs.io) is reported with its cell and name. A missing field or null counts as empty; fields
/// that are never read are not checked.
/// </summary>
internal static class NotebookFormat
{
    /// <exception cref="NotebookFormatException">Names the first invalid field.</exception>
    public static JsonObject Check(JsonNode? root, string path)
    {
        const string Expected = "a JSON object with cells";
        var notebook = new JsonField(path, "", root).Required(Expected).Object(Expected);
        CheckVersion(notebook);
        var cells = notebook["cells"].List("a list of cells")?.ToList() ?? [];
        if (cells.Count == 0)
        {
            throw notebook.Error("the notebook has no cells.");
        }

        CheckMetadata(notebook["metadata"].Object());
        foreach (var (index, cell) in cells.Index())
        {
            CheckCell(new JsonField($"{path}: cell {index + 1}{Named(cell.Value)}", "", cell.Value));
        }

        return (JsonObject)root!;
    }

    private static void CheckVersion(JsonField notebook)
    {
        var version = notebook["nbformat"].Whole();
        notebook["nbformat_minor"].Whole();
        var major = JsonField.Integer(version.Value);
        if (major != 4)
        {
            var advice = major is > 0 and < 4
                ? $". Convert it with: jupyter nbconvert --to notebook --inplace \"{notebook.Place}\""
                : major is null ? ": this is JSON, but not a notebook." : ".";
            throw notebook.Error($"nbformat {major?.ToString() ?? "missing"}, expected 4{advice}");
        }
    }

    private static void CheckMetadata(JsonField metadata)
    {
        var kernel = metadata["kernelspec"].Object();
        kernel["name"].Text();
        kernel["display_name"].Text();
        kernel["language"].Text();
        metadata["language_info"].Object()["name"].Text();
        var own = metadata["deepnotes"].Object();
        own["run"].Object();
        foreach (var name in (string[])["chapter", "title", "status", "summary"])
        {
            own[name].Text();
        }
    }

    private static void CheckCell(JsonField cell)
    {
        cell.Required("a cell").Object("a cell");
        cell["cell_type"].Required("\"code\", \"markdown\" or \"raw\"").Text();
        cell["id"].Text();
        cell["source"].Lines();
        var metadata = cell["metadata"].Object();
        metadata["tags"].Texts();
        var own = metadata["deepnotes"].Object();
        own["timing"].Flag();
        foreach (var name in (string[])["covers", "verdicts", "restores"])
        {
            own[name].Texts();
        }

        own["card"].Object()["id"].Text();
        own["card"]["proof"].Text();
        foreach (var form in cell["attachments"].Object().Members.SelectMany(attachment => attachment.Object().Members))
        {
            form.Lines();
        }

        if ((string)cell["cell_type"].Value! == "code")
        {
            CheckCode(cell);
        }
    }

    private static void CheckCode(JsonField cell)
    {
        var source = NotebookText.Join(cell["source"].Value);
        if (source.Where((character, index) => IsHalf(source, index)).Any())
        {
            throw cell["source"].Error("half of a surrogate pair (\\ud800 to \\udfff alone) is no character, so the code can't be compiled.");
        }

        foreach (var output in cell["outputs"].Items)
        {
            output.Required("an output").Object()["output_type"].Required("the kind of output").Text();
            output["name"].Text();
            output["text"].Lines();
            output["data"].Object();
            output["metadata"].Object();
            output["ename"].Text();
            output["evalue"].Text();
            foreach (var line in output["traceback"].List("a list of strings") ?? [])
            {
                line.Text(); // .NET Interactive saves null here
            }
        }
    }

    private static bool IsHalf(string text, int index) =>
        char.IsSurrogate(text[index])
        && !char.IsSurrogatePair(text, index)
        && !(index > 0 && char.IsSurrogatePair(text, index - 1));

    private static string Named(JsonNode? cell) =>
        cell is JsonObject json && json["id"] is JsonValue value && value.TryGetValue(out string? id) && id.Length > 0
            ? $" (id \"{NotebookText.Shown(id)}\")" : "";
}
