using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>A request of a front end, and the connection for the reply.</summary>
/// <param name="Number">The sequence number of its arrival.</param>
internal sealed record Request(ZmtpConnection Peer, JupyterMessage Message, long Number)
{
    public string Type => Message.Type;

    public JsonObject Content => Message.Content;
}

/// <summary>Creates the content of replies, which begins with a status.</summary>
internal static class Reply
{
    public static JsonObject Ok() => new() { ["status"] = "ok" };

    /// <summary>The request was not executed because an earlier one failed.</summary>
    public static JsonObject Aborted() => new() { ["status"] = "aborted" };

    public static JsonObject Error(ErrorOutput error)
    {
        var content = ErrorContent(error);
        content["status"] = "error";
        return content;
    }

    /// <summary>The content of an "error" message, which has no status.</summary>
    public static JsonObject ErrorContent(ErrorOutput error) => new()
    {
        ["ename"] = error.Name,
        ["evalue"] = error.Message,
        ["traceback"] = new JsonArray([.. error.Trace.Select(line => JsonValue.Create(line))]),
    };
}
