using System.Text.Json.Nodes;

namespace DeepNotes.Notebooks.Documents;

/// <summary>An output of a code cell. A session streams outputs; a document saves them.</summary>
public abstract record CellOutput
{
    /// <summary>The nbformat 4.5 form of this output.</summary>
    public abstract JsonObject ToJson();

    /// <summary>
    /// An output of a validated document; an unknown kind is kept as it is. It shares the document's JSON, which may be large:
    /// <see cref="ToJson"/> makes copies.
    /// </summary>
    public static CellOutput FromJson(JsonObject json) => (string?)json["output_type"] switch
    {
        "stream" => new StreamOutput((string?)json["name"] ?? "stdout", NotebookText.Join(json["text"])),
        "display_data" => new DisplayOutput(ReadBundle(json), null) { Metadata = ReadMetadata(json) },
        "execute_result" => new ResultOutput(ReadBundle(json), JsonField.Integer(json["execution_count"])) { Metadata = ReadMetadata(json) },
        "error" => new ErrorOutput(
            (string?)json["ename"] ?? "", (string?)json["evalue"] ?? "",
            [.. (json["traceback"] as JsonArray ?? []).Select(NotebookText.Join)]),
        ClearedOutput.Type => new ClearedOutput((bool?)json["wait"] ?? false),
        _ => new UnknownOutput(json),
    };

    private static MimeBundle ReadBundle(JsonObject json)
    {
        var bundle = new MimeBundle();
        foreach (var (mimeType, form) in json["data"] as JsonObject ?? [])
        {
            if (form is not null)
            {
                bundle[mimeType] = form;
            }
        }

        return bundle;
    }

    private static JsonObject? ReadMetadata(JsonObject json) =>
        json["metadata"] is JsonObject { Count: > 0 } metadata ? metadata : null;

    private protected static JsonObject WriteBundle(MimeBundle bundle)
    {
        var data = new JsonObject();
        foreach (var (mimeType, form) in bundle.Forms)
        {
            data[mimeType] = MimeBundle.IsJson(mimeType) ? form.DeepClone() : NotebookText.Split(NotebookText.Join(form));
        }

        return data;
    }
}

/// <summary>Text written to "stdout" or "stderr".</summary>
public sealed record StreamOutput(string Name, string Text) : CellOutput
{
    public override JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["output_type"] = "stream",
        ["text"] = NotebookText.Split(Text),
    };
}

/// <summary>A displayed value. One with a <paramref name="DisplayId"/> is replaced by a later one of the same id.</summary>
public sealed record DisplayOutput(MimeBundle Data, string? DisplayId) : CellOutput
{
    /// <summary>Hints for clients, such as a width in pixels or "isolated"; null when there are none.</summary>
    public JsonObject? Metadata { get; init; }

    public override JsonObject ToJson() => new()
    {
        ["data"] = WriteBundle(Data),
        ["metadata"] = Metadata?.DeepClone() ?? new JsonObject(),
        ["output_type"] = "display_data",
    };
}

/// <summary>The value of a cell's last expression.</summary>
public sealed record ResultOutput(MimeBundle Data, int? ExecutionCount) : CellOutput
{
    /// <inheritdoc cref="DisplayOutput.Metadata"/>
    public JsonObject? Metadata { get; init; }

    public override JsonObject ToJson() => new()
    {
        ["data"] = WriteBundle(Data),
        ["execution_count"] = ExecutionCount,
        ["metadata"] = Metadata?.DeepClone() ?? new JsonObject(),
        ["output_type"] = "execute_result",
    };
}

/// <summary>Why a cell failed: the exception's name, its message, and a trace that names cell and line.</summary>
public sealed record ErrorOutput(string Name, string Message, IReadOnlyList<string> Trace) : CellOutput
{
    public override JsonObject ToJson() => new()
    {
        ["ename"] = Name,
        ["evalue"] = Message,
        ["output_type"] = "error",
        ["traceback"] = new JsonArray([.. Trace.Select(line => JsonValue.Create(line))]),
    };
}

/// <summary>Clears the cell's outputs; a document never holds it.</summary>
/// <param name="Wait">Clears only when the next output arrives, which avoids flicker.</param>
public sealed record ClearedOutput(bool Wait) : CellOutput
{
    public const string Type = "clear_output";

    public override JsonObject ToJson() => new() { ["output_type"] = Type, ["wait"] = Wait };
}

/// <summary>An output of a kind that this version does not support, kept unchanged.</summary>
public sealed record UnknownOutput(JsonObject Json) : CellOutput
{
    public override JsonObject ToJson() => (JsonObject)Json.DeepClone();
}
