namespace DeepNotes.Notebooks.Jupyter;

/// <summary>A type of socket and the types that may connect to it.</summary>
internal sealed record SocketKind(string Name, params IReadOnlyList<string> Peers)
{
    public static readonly SocketKind Router = new("ROUTER", "DEALER", "REQ", "ROUTER");
    public static readonly SocketKind Publisher = new("PUB", "SUB", "XSUB");
    public static readonly SocketKind Reply = new("REP", "REQ", "DEALER");

    public bool Accepts(string peer) => Peers.Contains(peer);
}
