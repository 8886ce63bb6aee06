using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepNotes.Notebooks.Documents;

/// <summary>
/// A notebook of nbformat 4.5 (https://nbformat.readthedocs.io). Unknown fields, cell ids and key order survive
/// reading and writing; writes are atomic.
/// </summary>
public sealed class NotebookDocument
{
    private static readonly JsonSerializerOptions WriteOptions = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private NotebookDocument(JsonObject json, string path)
    {
        Json = json;
        Path = path;
        Cells = [.. ((JsonArray)json["cells"]!).Select((cell, index) => new NotebookCell((JsonObject)cell!, index))];
    }

    public JsonObject Json { get; }

    public string Path { get; }

    /// <summary>The file's name without its ending: 00-start-here.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public IReadOnlyList<NotebookCell> Cells { get; }

    /// <summary>Our part of the notebook's metadata (chapter, title, status, run), made when absent.</summary>
    public JsonObject Metadata
    {
        get
        {
            var metadata = Child(Json, "metadata");
            return Child(metadata, "deepnotes");
        }
    }

    /// <summary>The chapter's number as its file name gives it ("04", "11a"), or the whole name.</summary>
    public string Chapter => (string?)Metadata["chapter"] ?? Name.Split('-')[0];

    /// <summary>The title from the metadata, or else the first heading, or else the file's name.</summary>
    public string Title =>
        (string?)Metadata["title"]
        ?? Cells.Where(cell => cell.IsMarkdown)
            .SelectMany(cell => cell.Source.Split('\n'))
            .FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))?[2..].Trim()
        ?? Name;

    /// <exception cref="NotebookFormatException">Not JSON, not nbformat 4, no cells, or two cells of one id.</exception>
    public static NotebookDocument Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new NotebookFormatException($"{path}: no such notebook.");
        }

        return Parse(File.ReadAllText(path), path);
    }

    /// <inheritdoc cref="Load"/>
    public static NotebookDocument Parse(string text, string path)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(text.TrimStart('\uFEFF'));
        }
        catch (JsonException error)
        {
            throw new NotebookFormatException(
                $"{path}: not JSON at line {error.LineNumber + 1}; expected a Jupyter notebook (nbformat 4).", error);
        }

        if (root is not JsonObject json)
        {
            throw new NotebookFormatException($"{path}: expected a JSON object with cells, got {Describe(root)}.");
        }

        CheckFormat(json, path);
        GiveIds((JsonArray)json["cells"]!, path);
        return new NotebookDocument(json, path);
    }

    /// <summary>The text as it would be saved: one space of indentation and a last line feed, as Jupyter writes it.</summary>
    public string ToText() => Json.ToJsonString(WriteOptions).ReplaceLineEndings("\n") + "\n";

    public void Save() => SaveAs(Path);

    public void SaveAs(string path) => AtomicFile.WriteAllText(path, ToText());

    /// <summary>A copy that shares nothing with this document.</summary>
    public NotebookDocument Clone() => new((JsonObject)Json.DeepClone(), Path);

    private static void CheckFormat(JsonObject json, string path)
    {
        var major = Integer(json["nbformat"]);
        if (major != 4)
        {
            throw new NotebookFormatException(
                $"{path}: nbformat {major?.ToString() ?? "missing"}, expected 4. Convert it with: jupyter nbconvert --to notebook --inplace \"{path}\"");
        }

        if (json["cells"] is not JsonArray { Count: > 0 } cells)
        {
            throw new NotebookFormatException($"{path}: the notebook has no cells.");
        }

        for (var i = 0; i < cells.Count; i++)
        {
            if (cells[i] is not JsonObject cell || cell["cell_type"] is not JsonValue)
            {
                throw new NotebookFormatException($"{path}: cell {i + 1} is not a notebook cell (no cell_type).");
            }
        }

        json["nbformat_minor"] = Math.Max(5, Integer(json["nbformat_minor"]) ?? 0);
    }

    // Before nbformat 4.5 cells had no ids: give them stable ones, so that two runs save the same bytes.
    private static void GiveIds(JsonArray cells, string path)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < cells.Count; i++)
        {
            var cell = (JsonObject)cells[i]!;
            var id = cell["id"] is JsonValue value && value.TryGetValue(out string? text) ? text : $"cell-{i + 1}";
            if (!seen.TryAdd(id, i))
            {
                throw new NotebookFormatException(
                    $"{path}: cells {seen[id] + 1} and {i + 1} have the same id \"{id}\"; change one of them.");
            }

            cell["id"] = id;
            cell["metadata"] ??= new JsonObject();
        }
    }

    private static int? Integer(JsonNode? node) => node is JsonValue value && value.TryGetValue(out int number) ? number : null;

    private static string Describe(JsonNode? node) => node?.GetValueKind().ToString() ?? "null";

    private static JsonObject Child(JsonObject parent, string name)
    {
        if (parent[name] is JsonObject child)
        {
            return child;
        }

        child = [];
        parent[name] = child;
        return child;
    }
}
