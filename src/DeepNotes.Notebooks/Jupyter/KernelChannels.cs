using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>The five sockets of a kernel, with messages instead of frames.</summary>
internal sealed class KernelChannels : IAsyncDisposable
{
    // A front end that sends faster than cells run waits at its own end.
    private const int MaxQueued = 1000;

    private readonly MessageFormat _format;
    private readonly Action<string> _log;
    private readonly Channel<Request> _shell = Channel.CreateBounded<Request>(MaxQueued);
    private readonly Channel<Request> _control = Channel.CreateBounded<Request>(MaxQueued);
    private readonly RouterSocket _shellSocket;
    private readonly RouterSocket _controlSocket;
    private readonly RouterSocket _stdinSocket;
    private readonly PublisherSocket _ioPubSocket;
    private readonly EchoSocket _heartbeatSocket;
    private InputQuestion? _question;
    private long _arrived;

    /// <param name="file">Where to listen; port 0 takes a free one.</param>
    /// <param name="limits">What one peer may take.</param>
    /// <param name="log">Told of messages that are dropped.</param>
    public KernelChannels(ConnectionFile file, ZmtpLimits limits, Action<string> log)
    {
        _format = new MessageFormat(new MessageSignature(file.Key), Session);
        _log = log;
        _shellSocket = new RouterSocket(At(file.ShellPort), limits, (peer, frames, cancellation) => QueueAsync(_shell.Writer, peer, frames, cancellation));
        _controlSocket = new RouterSocket(At(file.ControlPort), limits, (peer, frames, cancellation) => QueueAsync(_control.Writer, peer, frames, cancellation));
        _stdinSocket = new RouterSocket(At(file.StdinPort), limits, ReceiveInputAsync);
        _ioPubSocket = new PublisherSocket(At(file.IoPubPort), limits);
        _heartbeatSocket = new EchoSocket(At(file.HeartbeatPort), limits);
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

    /// <summary>This kernel among all that a front end has had.</summary>
    public string Session { get; } = Guid.NewGuid().ToString("N");

    /// <summary>The ports that it listens on.</summary>
    public ConnectionFile Bound { get; }

    public ChannelReader<Request> Shell => _shell.Reader;

    public ChannelReader<Request> Control => _control.Reader;

    /// <summary>How many requests have come so far.</summary>
    public long Arrived => Interlocked.Read(ref _arrived);

    /// <summary>Shows something to all front ends.</summary>
    public void Publish(string type, Request cause, JsonObject content) =>
        _ioPubSocket.Publish(_format.Write([Encoding.ASCII.GetBytes(type)], type, cause.Message.Header, content));

    /// <summary>Answers a request on the connection that it came from.</summary>
    public void Reply(Request request, JsonObject content) =>
        request.Peer.Send(_format.Write(request.Message.Routing, ReplyType(request.Type), request.Message.Header, content));

    /// <summary>Asks the front end of a request for a line; null when it can't be asked, or when the cell ends first.</summary>
    public async Task<string?> ReadLineAsync(Request request, CancellationToken cancellation)
    {
        if (_stdinSocket.Find(request.Peer.Identity) is not { } peer)
        {
            return null;
        }

        var question = new InputQuestion(MessageFormat.NewId(), request.Message.Id, peer);
        Interlocked.Exchange(ref _question, question)?.Withdraw();
        var content = new JsonObject { ["prompt"] = "", ["password"] = false };
        peer.Send(_format.Write([], "input_request", request.Message.Header, content, question.Id));
        using var ended = cancellation.Register(question.Withdraw);
        return await question.Line.ConfigureAwait(false);
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
                await queue.WriteAsync(new Request(peer, message, Interlocked.Increment(ref _arrived)), cancellation).ConfigureAwait(false);
            }
            catch (ChannelClosedException)
            {
                // The kernel is ending.
            }
        }
    }

    private ValueTask ReceiveInputAsync(ZmtpConnection peer, IReadOnlyList<byte[]> frames, CancellationToken cancellation)
    {
        if (Read(frames) is { Type: "input_reply" } reply && Volatile.Read(ref _question)?.TryAnswer(peer, reply) is not true)
        {
            _log("deepnotes kernel: dropped an input_reply that answers no question of this kernel.");
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

/// <summary>A line that a cell waits for: one at a time, as one cell runs at a time.</summary>
/// <param name="Id">Of the input_request.</param>
/// <param name="Cause">The id of the request whose cell asks.</param>
/// <param name="Peer">The connection that was asked.</param>
internal sealed record InputQuestion(string Id, string Cause, ZmtpConnection Peer)
{
    private readonly TaskCompletionSource<string?> _line = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The line; null when the question was withdrawn.</summary>
    public Task<string?> Line => _line.Task;

    /// <summary>
    /// Takes the first answer of the client that was asked. Clients may leave the parent of an input_reply empty, as
    /// jupyter_client does; one that names another request answers another question.
    /// </summary>
    public bool TryAnswer(ZmtpConnection peer, JupyterMessage reply)
    {
        var parent = reply.Parent.Text("msg_id");
        return IsAsked(peer) && (parent.Length == 0 || parent == Id || parent == Cause) && _line.TrySetResult(reply.Content.Text("value"));
    }

    public void Withdraw() => _line.TrySetResult(null);

    // A client that has reconnected has the same identity on a new connection.
    private bool IsAsked(ZmtpConnection peer) =>
        peer == Peer || (Peer.Identity.Length > 0 && peer.Identity.AsSpan().SequenceEqual(Peer.Identity));
}
