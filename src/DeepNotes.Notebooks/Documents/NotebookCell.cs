using System.Text.Json.Nodes;

namespace DeepNotes.Notebooks.Documents;

/// <summary>A cell: a view of its JSON, so that unknown fields are preserved.</summary>
public sealed class NotebookCell
{
    internal NotebookCell(JsonObject json, int index, string id)
    {
        Json = json;
        Index = index;
        Id = id;
    }

    public JsonObject Json { get; }

    /// <summary>Index in the notebook, from 0, over cells of all types; messages count from 1.</summary>
    public int Index { get; }

    /// <summary>The cell's id; one derived from its index where the file gives none, as before nbformat 4.5.</summary>
    public string Id { get; }

    public bool IsCode => (string?)Json["cell_type"] == "code";

    public bool IsMarkdown => (string?)Json["cell_type"] == "markdown";

    /// <summary>
    /// The text with line feeds. Besides LF only CR LF and CR end a line: U+2028, form feed and the like may occur in a string.
    /// A new text is saved with the line endings and in the form (string or list of lines) of the old one.
    /// </summary>
    public string Source
    {
        get => NotebookText.Join(Json["source"]).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        set
        {
            var old = Json["source"];
            var text = NotebookText.Join(old).Contains("\r\n", StringComparison.Ordinal)
                ? value.Replace("\n", "\r\n", StringComparison.Ordinal) : value;
            Json["source"] = old is JsonValue ? text : NotebookText.Split(text);
        }
    }

    /// <summary>The "deepnotes" part of the cell's metadata (covers, verdicts, restores, card, slide, timing); empty when absent.</summary>
    public JsonObject Metadata => Json["metadata"]?["deepnotes"] as JsonObject ?? [];

    /// <summary>True where outputs depend on the machine and are not compared.</summary>
    public bool IsTiming => (bool?)Metadata["timing"] ?? false;

    public IReadOnlyList<string> Tags => [.. (Json["metadata"]?["tags"] as JsonArray ?? []).Select(NotebookText.Join)];

    public int? ExecutionCount
    {
        get => JsonField.Integer(Json["execution_count"]);
        set => Json.Put("execution_count", value);
    }

    /// <summary>Whether an output has a form of this type; does not deserialise the outputs.</summary>
    public bool Shows(string mimeType) =>
        (Json["outputs"] as JsonArray ?? []).Any(output => output is JsonObject json && (json["data"] as JsonObject)?[mimeType] is not null);

    public IReadOnlyList<CellOutput> Outputs
    {
        get => [.. (Json["outputs"] as JsonArray ?? []).OfType<JsonObject>().Select(CellOutput.FromJson)];
        set => Json.Put("outputs", new JsonArray([.. value.Select(output => output.ToJson())]));
    }
}
