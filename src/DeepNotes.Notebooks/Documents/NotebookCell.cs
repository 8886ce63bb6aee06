using System.Text.Json.Nodes;

namespace DeepNotes.Notebooks.Documents;

/// <summary>A cell: a view on its JSON, so that whatever we don't know stays where it is.</summary>
public sealed class NotebookCell
{
    internal NotebookCell(JsonObject json, int index, string id)
    {
        Json = json;
        Index = index;
        Id = id;
    }

    public JsonObject Json { get; }

    /// <summary>Position in the notebook, from 0; messages count code cells and all others alike, from 1.</summary>
    public int Index { get; }

    /// <summary>The cell's id; one of its place where the file gives none, as before nbformat 4.5.</summary>
    public string Id { get; }

    public bool IsCode => (string?)Json["cell_type"] == "code";

    public bool IsMarkdown => (string?)Json["cell_type"] == "markdown";

    /// <summary>
    /// The text with line feeds. Only CR LF and CR end a line besides: U+2028, form feed and the like may stand in a string.
    /// A new text is saved with the line ends and in the form (string or list of lines) of the old one.
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

    /// <summary>Our part of the cell's metadata (covers, verdicts, restores, card, slide, timing); empty when absent.</summary>
    public JsonObject Metadata => Json["metadata"]?["deepnotes"] as JsonObject ?? [];

    /// <summary>True where outputs depend on the machine: they are not compared.</summary>
    public bool IsTiming => (bool?)Metadata["timing"] ?? false;

    public IReadOnlyList<string> Tags => [.. (Json["metadata"]?["tags"] as JsonArray ?? []).Select(NotebookText.Join)];

    public int? ExecutionCount
    {
        get => JsonField.Integer(Json["execution_count"]);
        set => Json.Put("execution_count", value);
    }

    /// <summary>Whether one of the outputs has a form of this type, which is known without reading them.</summary>
    public bool Shows(string mimeType) =>
        (Json["outputs"] as JsonArray ?? []).Any(output => output is JsonObject json && (json["data"] as JsonObject)?[mimeType] is not null);

    public IReadOnlyList<CellOutput> Outputs
    {
        get => [.. (Json["outputs"] as JsonArray ?? []).OfType<JsonObject>().Select(CellOutput.FromJson)];
        set => Json.Put("outputs", new JsonArray([.. value.Select(output => output.ToJson())]));
    }
}
