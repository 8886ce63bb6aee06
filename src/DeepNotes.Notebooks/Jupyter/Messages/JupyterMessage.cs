using System.Text.Json.Nodes;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>A message of the Jupyter protocol, whose signature was right.</summary>
/// <param name="Routing">Frames before the delimiter; an answer carries them again.</param>
/// <param name="Header">Its id, type and session.</param>
/// <param name="Parent">The header of the message that this one answers; empty where it does not say.</param>
/// <param name="Content">What it says.</param>
internal sealed record JupyterMessage(IReadOnlyList<byte[]> Routing, JsonObject Header, JsonObject Parent, JsonObject Content)
{
    public string Type => Header.Text("msg_type");

    public string Id => Header.Text("msg_id");
}
