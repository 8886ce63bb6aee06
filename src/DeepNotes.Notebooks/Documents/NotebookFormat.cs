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
        var notebook = new JsonField(path, "", root).ExpectPresent(Expected).ExpectObject(Expected);
        CheckVersion(notebook);
        var cells = notebook["cells"].ExpectList("a list of cells")?.ToList() ?? [];
        if (cells.Count == 0)
        {
            throw notebook.Error("the notebook has no cells.");
        }

        CheckMetadata(notebook["metadata"].ExpectObject());
        foreach (var (index, cell) in cells.Index())
        {
            CheckCell(new JsonField($"{path}: cell {index + 1}{Named(cell.Value)}", "", cell.Value));
        }

        return (JsonObject)root!;
    }

    private static void CheckVersion(JsonField notebook)
    {
        var version = notebook["nbformat"].ExpectInteger();
        notebook["nbformat_minor"].ExpectInteger();
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
        var kernel = metadata["kernelspec"].ExpectObject();
        kernel["name"].ExpectString();
        kernel["display_name"].ExpectString();
        kernel["language"].ExpectString();
        metadata["language_info"].ExpectObject()["name"].ExpectString();
        var own = metadata["deepnotes"].ExpectObject();
        own["run"].ExpectObject();
        foreach (var name in (string[])["chapter", "title", "status", "summary"])
        {
            own[name].ExpectString();
        }
    }

    private static void CheckCell(JsonField cell)
    {
        cell.ExpectPresent("a cell").ExpectObject("a cell");
        cell["cell_type"].ExpectPresent("\"code\", \"markdown\" or \"raw\"").ExpectString();
        cell["id"].ExpectString();
        cell["source"].ExpectMultilineString();
        var metadata = cell["metadata"].ExpectObject();
        metadata["tags"].ExpectStrings();
        var own = metadata["deepnotes"].ExpectObject();
        own["timing"].ExpectBoolean();
        foreach (var name in (string[])["covers", "verdicts", "restores"])
        {
            own[name].ExpectStrings();
        }

        own["card"].ExpectObject()["id"].ExpectString();
        own["card"]["proof"].ExpectString();
        foreach (var form in cell["attachments"].ExpectObject().Members.SelectMany(attachment => attachment.ExpectObject().Members))
        {
            form.ExpectMultilineString();
        }

        if ((string)cell["cell_type"].Value! == "code")
        {
            CheckCode(cell);
        }
    }

    private static void CheckCode(JsonField cell)
    {
        var source = NotebookText.Join(cell["source"].Value);
        if (source.Where((character, index) => IsUnpairedSurrogate(source, index)).Any())
        {
            throw cell["source"].Error("the code contains an unpaired surrogate (\\ud800 to \\udfff), which cannot be compiled.");
        }

        foreach (var output in cell["outputs"].Items)
        {
            output.ExpectPresent("an output").ExpectObject()["output_type"].ExpectPresent("the kind of output").ExpectString();
            output["name"].ExpectString();
            output["text"].ExpectMultilineString();
            output["data"].ExpectObject();
            output["metadata"].ExpectObject();
            output["ename"].ExpectString();
            output["evalue"].ExpectString();
            foreach (var line in output["traceback"].ExpectList("a list of strings") ?? [])
            {
                line.ExpectString(); // .NET Interactive saves null here
            }
        }
    }

    private static bool IsUnpairedSurrogate(string text, int index) =>
        char.IsSurrogate(text[index])
        && !char.IsSurrogatePair(text, index)
        && !(index > 0 && char.IsSurrogatePair(text, index - 1));

    private static string Named(JsonNode? cell) =>
        cell is JsonObject json && json["id"] is JsonValue value && value.TryGetValue(out string? id) && id.Length > 0
            ? $" (id \"{NotebookText.Shown(id)}\")" : "";
}

/// <summary>A file is not a readable notebook; the message names the file and suggests a remedy.</summary>
public sealed class NotebookFormatException(string message, Exception? inner = null) : Exception(message, inner);
