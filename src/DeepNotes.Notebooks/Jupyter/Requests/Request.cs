using System.Text.Json.Nodes;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>What a front end asks, and the connection that the answer goes to.</summary>
/// <param name="Number">Its place in the order of arrival.</param>
internal sealed record Request(ZmtpConnection Peer, JupyterMessage Message, long Number)
{
    public string Type => Message.Type;

    public JsonObject Content => Message.Content;
}
