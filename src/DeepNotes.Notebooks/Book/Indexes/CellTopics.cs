using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Book;

/// <summary>Topic ids and card data in a cell's metadata.</summary>
internal static class CellTopics
{
    private static readonly (string Name, TopicKind Kind)[] Fields =
        [("covers", TopicKind.Question), ("verdicts", TopicKind.Claim), ("restores", TopicKind.Lost)];

    public static IReadOnlyList<(TopicKind Kind, string Id)> Of(NotebookCell cell) =>
        [.. Fields.SelectMany(field => Texts(cell.Metadata[field.Name]).Select(id => (field.Kind, id)))];

    /// <summary>The card's id, the id of the cell that proves it, and its level; null for any other cell.</summary>
    public static (string Id, string? Proof, string Level)? Card(NotebookCell cell) =>
        cell.Metadata["card"] is JsonObject card && Text(card["id"]) is { Length: > 0 } id ? (id, Text(card["proof"]), Text(card["level"]) ?? "") : null;

    private static IEnumerable<string> Texts(JsonNode? node) =>
        (node as JsonArray ?? []).Select(Text).OfType<string>();

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
