using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>The five sockets of a kernel; sends and receives messages.</summary>
internal sealed class KernelChannels : IAsyncDisposable
{
    // Beyond this, a front end that sends faster than cells run is blocked.
    private const int MaxQueued = 1000;

    private readonly MessageFormat _format;
    private readonly Action<string> _log;
    private readonly Channel<Request> _shell = Channel.CreateBounded<Request>(MaxQueued);
    private readonly Channel<Request> _control = Channel.CreateBounded<Request>(MaxQueued);
    private readonly RouterSocket _shellSocket;
    private readonly RouterSocket _controlSocket;
    private readonly RouterSocket _stdinSocket;
    private readonly PublisherSocket _ioPubSocket;
    private readonly HeartbeatSocket _heartbeatSocket;
    private PendingInput? _pendingInput;
    private long _receivedCount;

    /// <param name="file">The address and ports to listen on; port 0 selects a free port.</param>
    /// <param name="limits">The limits of each connection.</param>
    /// <param name="log">Receives a line for each dropped message.</param>
    public KernelChannels(ConnectionFile file, ZmtpLimits limits, Action<string> log)
    {
        _format = new MessageFormat(new MessageSignature(file.Key), Session);
        _log = log;
        _shellSocket = new RouterSocket(At(file.ShellPort), limits, (peer, frames, cancellation) => QueueAsync(_shell.Writer, peer, frames, cancellation));
        _controlSocket = new RouterSocket(At(file.ControlPort), limits, (peer, frames, cancellation) => QueueAsync(_control.Writer, peer, frames, cancellation));
        _stdinSocket = new RouterSocket(At(file.StdinPort), limits, ReceiveInputAsync);
        _ioPubSocket = new PublisherSocket(At(file.IoPubPort), limits);
        _heartbeatSocket = new HeartbeatSocket(At(file.HeartbeatPort), limits);
        Bound = file with
        {
            ShellPort = _shellSocket.Port,
            ControlPort = _controlSocket.Port,
            StdinPort = _stdinSocket.Port,
            IoPubPort = _ioPubSocket.Port,
            HeartbeatPort = _heartbeatSocket.Port,
        };

        IPEndPoint At(int port) => new(file.Address, port);
    }

    /// <summary>The unique id of this kernel's session.</summary>
    public string Session { get; } = Guid.NewGuid().ToString("N");

    /// <summary>The address and ports that the kernel listens on.</summary>
    public ConnectionFile Bound { get; }

    public ChannelReader<Request> Shell => _shell.Reader;

    public ChannelReader<Request> Control => _control.Reader;

    /// <summary>The number of requests received so far.</summary>
    public long ReceivedCount => Interlocked.Read(ref _receivedCount);

    /// <summary>Publishes a message to all front ends.</summary>
    public void Publish(string type, Request cause, JsonObject content) =>
        _ioPubSocket.Publish(_format.Write([Encoding.ASCII.GetBytes(type)], type, cause.Message.Header, content));

    /// <summary>Replies to a request on the connection that it came from.</summary>
    public void Reply(Request request, JsonObject content) =>
        request.Peer.Send(_format.Write(request.Message.Routing, ReplyType(request.Type), request.Message.Header, content));

    /// <summary>Requests a line of input from the front end of a request; null if it does not accept input, or if the cell ends first.</summary>
    public async Task<string?> ReadLineAsync(Request request, CancellationToken cancellation)
    {
        if (_stdinSocket.Find(request.Peer.Identity) is not { } peer)
        {
            return null;
        }

        var input = new PendingInput(MessageFormat.NewId(), request.Message.Id, peer);
        Interlocked.Exchange(ref _pendingInput, input)?.Cancel();
        var content = new JsonObject { ["prompt"] = "", ["password"] = false };
        peer.Send(_format.Write([], "input_request", request.Message.Header, content, input.Id));
        using var ended = cancellation.Register(input.Cancel);
        return await input.Line.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _shell.Writer.TryComplete();
        _control.Writer.TryComplete();
        await Task.WhenAll(new IAsyncDisposable[] { _shellSocket, _controlSocket, _stdinSocket, _ioPubSocket, _heartbeatSocket }
            .Select(socket => socket.DisposeAsync().AsTask())).ConfigureAwait(false);
    }

    private static string ReplyType(string request) => request.Replace("_request", "", StringComparison.Ordinal) + "_reply";

    private async ValueTask QueueAsync(ChannelWriter<Request> queue, ZmtpConnection peer, IReadOnlyList<byte[]> frames, CancellationToken cancellation)
    {
        if (Read(frames) is { } message)
        {
            try
            {
                await queue.WriteAsync(new Request(peer, message, Interlocked.Increment(ref _receivedCount)), cancellation).ConfigureAwait(false);
            }
            catch (ChannelClosedException)
            {
                // The kernel is shutting down.
            }
        }
    }

    private ValueTask ReceiveInputAsync(ZmtpConnection peer, IReadOnlyList<byte[]> frames, CancellationToken cancellation)
    {
        if (Read(frames) is { Type: "input_reply" } reply && Volatile.Read(ref _pendingInput)?.TryComplete(peer, reply) is not true)
        {
            _log("deepnotes kernel: dropped an input_reply without a matching input_request.");
        }

        return ValueTask.CompletedTask;
    }

    private JupyterMessage? Read(IReadOnlyList<byte[]> frames)
    {
        try
        {
            return _format.Read(frames);
        }
        catch (FormatException error)
        {
            _log($"deepnotes kernel: dropped a message: {error.Message}");
            return null;
        }
    }
}

/// <summary>A line of input that a cell waits for. There is at most one, because only one cell runs at a time.</summary>
/// <param name="Id">The id of the input_request.</param>
/// <param name="Cause">The id of the execute_request of the cell.</param>
/// <param name="Peer">The connection to which the input_request was sent.</param>
internal sealed record PendingInput(string Id, string Cause, ZmtpConnection Peer)
{
    private readonly TaskCompletionSource<string?> _line = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The line; null if the request was cancelled.</summary>
    public Task<string?> Line => _line.Task;

    /// <summary>
    /// Accepts the first reply of the client. The parent of an input_reply may be empty, as it is with jupyter_client; a
    /// reply with another parent belongs to another request.
    /// </summary>
    public bool TryComplete(ZmtpConnection peer, JupyterMessage reply)
    {
        var parent = reply.Parent.Text("msg_id");
        return IsSameClient(peer) && (parent.Length == 0 || parent == Id || parent == Cause) && _line.TrySetResult(reply.Content.Text("value"));
    }

    public void Cancel() => _line.TrySetResult(null);

    // A client that reconnects keeps its identity.
    private bool IsSameClient(ZmtpConnection peer) =>
        peer == Peer || (Peer.Identity.Length > 0 && peer.Identity.AsSpan().SequenceEqual(Peer.Identity));
}
