using System.Net;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>REP that sends back what it gets: the heartbeat.</summary>
internal sealed class EchoSocket(IPEndPoint endPoint, ZmtpLimits limits) : IAsyncDisposable
{
    private readonly ZmtpListener _listener = new(SocketKind.Reply, endPoint, limits, async (connection, cancellation) =>
    {
        while (await connection.ReceiveAsync(_ => { }, cancellation).ConfigureAwait(false) is { } message)
        {
            connection.Send(message);
        }
    });

    public int Port => _listener.Port;

    public ValueTask DisposeAsync() => _listener.DisposeAsync();
}
