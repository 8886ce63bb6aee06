using System.Text.Json.Nodes;
using System.Threading.Channels;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>
/// A Jupyter kernel with one session. Requests of the shell channel are served in order; those of the control channel
/// concurrently, so that an interrupt reaches a running cell.
/// </summary>
public sealed class Kernel : IAsyncDisposable
{
    private const string Shutdown = "shutdown_request";
    private const int MinThreads = 16;

    private readonly KernelChannels _channels;
    private readonly Task<SessionProcess> _session;
    private readonly Dictionary<string, Func<Request, Task<JsonObject?>>> _handlers;

    internal Kernel(ConnectionFile file, SessionOptions options, ZmtpLimits limits, Action<string> log)
    {
        _channels = new KernelChannels(file, limits, log);
        _session = StartAsync(options);
        var history = new History();
        var execution = new CellExecution(_session, _channels, history, options.InterruptTimeout);
        _handlers = new()
        {
            ["kernel_info_request"] = _ => Now(KernelInfo.Content()),
            ["execute_request"] = async request => await execution.ExecuteAsync(request).ConfigureAwait(false),
            ["interrupt_request"] = async _ => await execution.InterruptAsync().ConfigureAwait(false),
            ["complete_request"] = async request => await LanguageRequests.CompleteAsync(await _session.ConfigureAwait(false), request.Content).ConfigureAwait(false),
            ["inspect_request"] = async request => await LanguageRequests.InspectAsync(await _session.ConfigureAwait(false), request.Content).ConfigureAwait(false),
            ["is_complete_request"] = async request => await LanguageRequests.IsCompleteAsync(await _session.ConfigureAwait(false), request.Content).ConfigureAwait(false),
            ["history_request"] = request => Now(history.Content(request.Content)),
            ["comm_info_request"] = _ => Now(NoComms()),
            ["comm_open"] = RejectComm,
            ["comm_msg"] = _ => Now(null),
            ["comm_close"] = _ => Now(null),
            [Shutdown] = request => Now(ShuttingDown(request)),
        };
    }

    /// <summary>The number of requests received so far.</summary>
    internal long ReceivedCount => _channels.ReceivedCount;

    /// <summary>The address and ports that the kernel listens on.</summary>
    internal ConnectionFile Connection => _channels.Bound;

    /// <summary>Starts to listen and starts the session; requests received before it is ready are queued.</summary>
    /// <param name="file">The connection file of the front end.</param>
    /// <param name="options">The options of the session.</param>
    /// <param name="log">Receives a line for each dropped message.</param>
    public static Kernel Start(ConnectionFile file, SessionOptions options, Action<string> log)
    {
        // Publishing to a slow front end blocks a pool thread. The pool starts with one thread per core and grows slowly,
        // so that on a small machine everything else would be blocked, too.
        ThreadPool.GetMinThreads(out var threads, out var completions);
        ThreadPool.SetMinThreads(Math.Max(threads, MinThreads), completions);
        return new Kernel(file, options, new ZmtpLimits(), log);
    }

    /// <summary>Serves until a front end shuts the kernel down.</summary>
    public async Task RunAsync(CancellationToken cancellation) =>
        await Task.WhenAny(ServeAllAsync(_channels.Shell, cancellation), ServeAllAsync(_channels.Control, cancellation)).Unwrap().ConfigureAwait(false);

    public async ValueTask DisposeAsync()
    {
        await _channels.DisposeAsync().ConfigureAwait(false);
        try
        {
            await (await _session.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        }
        catch (InvalidOperationException)
        {
            // It did not start, which each cell has reported.
        }
    }

    private static async Task<SessionProcess> StartAsync(SessionOptions options)
    {
        var session = await SessionProcess.StartAsync(options).ConfigureAwait(false);

        // The first completion takes seconds, so it is requested before the user types.
        _ = session.CompleteAsync("Console.", "Console.".Length);
        return session;
    }

    private async Task ServeAllAsync(ChannelReader<Request> requests, CancellationToken cancellation)
    {
        await foreach (var request in requests.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            await ServeAsync(request).ConfigureAwait(false);
            if (request.Type == Shutdown)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Request request)
    {
        _channels.Publish("status", request, new JsonObject { ["execution_state"] = "busy" });
        if (await AnswerAsync(request).ConfigureAwait(false) is { } content)
        {
            _channels.Reply(request, content);
        }

        _channels.Publish("status", request, new JsonObject { ["execution_state"] = "idle" });
    }

    private async Task<JsonObject?> AnswerAsync(Request request)
    {
        if (!_handlers.TryGetValue(request.Type, out var handler))
        {
            if (!request.Type.EndsWith("_request", StringComparison.Ordinal))
            {
                return null;
            }

            var message = $"{request.Type}: unknown request.";
            return Reply.Error(new ErrorOutput("UnknownRequest", message, [message]));
        }

        try
        {
            return await handler(request).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // An unexpected error in a request must not end the session.
            return Reply.Error(new ErrorOutput(error.GetType().Name, error.Message, [$"{request.Type}: {error.Message}"]));
        }
    }

    private JsonObject ShuttingDown(Request request)
    {
        var content = Reply.Ok();
        content["restart"] = request.Content.Flag("restart");

        // Also notifies the other front ends of this kernel.
        _channels.Publish("shutdown_reply", request, (JsonObject)content.DeepClone());
        return content;
    }

    private Task<JsonObject?> RejectComm(Request request)
    {
        _channels.Publish("comm_close", request, new JsonObject { ["comm_id"] = request.Content.Text("comm_id"), ["data"] = new JsonObject() });
        return Now(null);
    }

    private static JsonObject NoComms()
    {
        var content = Reply.Ok();
        content["comms"] = new JsonObject();
        return content;
    }

    private static Task<JsonObject?> Now(JsonObject? content) => Task.FromResult(content);
}
