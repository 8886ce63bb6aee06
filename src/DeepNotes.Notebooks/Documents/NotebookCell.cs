using System.Text.Json.Nodes;

namespace DeepNotes.Notebooks.Documents;

/// <summary>A cell: a view on its JSON, so that whatever we don't know stays where it is.</summary>
public sealed class NotebookCell
{
    internal NotebookCell(JsonObject json, int index)
    {
        Json = json;
        Index = index;
    }

    public JsonObject Json { get; }

    /// <summary>Position in the notebook, from 0; messages count code cells and all others alike, from 1.</summary>
    public int Index { get; }

    public string Id => (string)Json["id"]!;

    public bool IsCode => (string?)Json["cell_type"] == "code";

    public bool IsMarkdown => (string?)Json["cell_type"] == "markdown";

    public string Source
    {
        get => NotebookText.Join(Json["source"]).ReplaceLineEndings("\n");
        set => Json["source"] = NotebookText.Split(value);
    }

    /// <summary>Our part of the cell's metadata (covers, verdicts, restores, card, slide, timing); empty when absent.</summary>
    public JsonObject Metadata => Json["metadata"]?["deepnotes"] as JsonObject ?? [];

    /// <summary>True where outputs depend on the machine: they are not compared.</summary>
    public bool IsTiming => (bool?)Metadata["timing"] ?? false;

    public IReadOnlyList<string> Tags => [.. (Json["metadata"]?["tags"] as JsonArray ?? []).Select(NotebookText.Join)];

    public int? ExecutionCount
    {
        get => (int?)Json["execution_count"];
        set => Json["execution_count"] = value;
    }

    public IReadOnlyList<CellOutput> Outputs
    {
        get => [.. (Json["outputs"] as JsonArray ?? []).OfType<JsonObject>().Select(CellOutput.FromJson)];
        set => Json["outputs"] = new JsonArray([.. value.Select(output => output.ToJson())]);
    }
}
