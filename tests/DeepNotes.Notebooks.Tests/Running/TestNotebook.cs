using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Tests.Running;

/// <summary>Creates notebooks in tests.</summary>
internal static class TestNotebook
{
    public static JsonObject Code(string source, string? tag = null, bool timing = false) => Cell("code", source, tag, timing);

    public static JsonObject Markdown(string source) => Cell("markdown", source, null, false);

    public static NotebookDocument Of(params JsonObject[] cells) => At("01-test.ipynb", cells);

    public static NotebookDocument At(string path, params JsonObject[] cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i]["id"] = $"c{i + 1}";
        }

        var json = new JsonObject
        {
            ["cells"] = new JsonArray([.. cells]),
            ["metadata"] = new JsonObject(),
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        };
        return NotebookDocument.Parse(json.ToJsonString(), path);
    }

    private static JsonObject Cell(string type, string source, string? tag, bool timing)
    {
        var metadata = new JsonObject();
        if (tag is not null)
        {
            metadata["tags"] = new JsonArray(tag);
        }

        if (timing)
        {
            metadata["deepnotes"] = new JsonObject { ["timing"] = true };
        }

        return new JsonObject { ["cell_type"] = type, ["id"] = "", ["metadata"] = metadata, ["source"] = source };
    }
}
