using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>What a front end asks, and the connection that the answer goes to.</summary>
/// <param name="Number">Its place in the order of arrival.</param>
internal sealed record Request(ZmtpConnection Peer, JupyterMessage Message, long Number)
{
    public string Type => Message.Type;

    public JsonObject Content => Message.Content;
}

/// <summary>The content of replies: a status, and what belongs to it.</summary>
internal static class Reply
{
    public static JsonObject Ok() => new() { ["status"] = "ok" };

    /// <summary>The request was dropped because one before it failed.</summary>
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
