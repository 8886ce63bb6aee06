using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>Converts the outputs of cells to messages.</summary>
/// <param name="prefix">A prefix that makes display ids unique across restarts of the kernel.</param>
internal sealed class OutputMessages(string prefix)
{
    private readonly HashSet<string> _shown = new(StringComparer.Ordinal);

    public (string Type, JsonObject Content) Of(CellOutput output, int executionCount) => output switch
    {
        StreamOutput stream => ("stream", new JsonObject { ["name"] = stream.Name, ["text"] = stream.Text }),
        DisplayOutput { DisplayId: { } id } display => (_shown.Add(id) ? "display_data" : "update_display_data", Display(display, $"{prefix}-{id}")),
        DisplayOutput display => ("display_data", Display(display, null)),
        ResultOutput result => ("execute_result", Result(result, executionCount)),
        ErrorOutput error => ("error", Reply.ErrorContent(error)),
        ClearedOutput cleared => (ClearedOutput.Type, new JsonObject { ["wait"] = cleared.Wait }),
        _ => throw new NotSupportedException($"{output.GetType().Name}: no message type for this output."),
    };

    public static JsonObject Data(MimeBundle bundle) =>
        new(bundle.Forms.Select(form => KeyValuePair.Create<string, JsonNode?>(
            form.Key, MimeBundle.IsJson(form.Key) ? form.Value.DeepClone() : NotebookText.Join(form.Value))));

    private static JsonObject Display(DisplayOutput output, string? id) => new()
    {
        ["data"] = Data(output.Data),
        ["metadata"] = output.Metadata?.DeepClone() ?? new JsonObject(),
        ["transient"] = id is null ? [] : new JsonObject { ["display_id"] = id },
    };

    private static JsonObject Result(ResultOutput output, int executionCount) => new()
    {
        ["data"] = Data(output.Data),
        ["metadata"] = output.Metadata?.DeepClone() ?? new JsonObject(),
        ["execution_count"] = executionCount,
    };
}
