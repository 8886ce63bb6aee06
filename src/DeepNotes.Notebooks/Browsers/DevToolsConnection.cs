using System.Buffers;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepNotes.Notebooks.Browsers;

/// <summary>Sends commands and receives events of the Chrome DevTools Protocol over a WebSocket.</summary>
internal sealed class DevToolsConnection : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonObject>> _pending = new();
    private readonly ConcurrentDictionary<string, Action<string, JsonObject>> _listeners = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _receiving = Task.CompletedTask;
    private int _lastId;

    public static async Task<DevToolsConnection> OpenAsync(Uri address, CancellationToken cancellation)
    {
        var connection = new DevToolsConnection();
        connection._socket.Options.Proxy = null;
        await connection._socket.ConnectAsync(address, cancellation);
        connection._receiving = connection.ReceiveAsync();
        return connection;
    }

    /// <summary>Faults when the browser closes the connection.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Passes the events of a page's session, with name and parameters, to a listener.</summary>
    public void Listen(string session, Action<string, JsonObject> listener) => _listeners[session] = listener;

    public async Task<JsonObject> SendAsync(string method, JsonObject? parameters, string? session, CancellationToken cancellation)
    {
        var id = Interlocked.Increment(ref _lastId);
        var response = _pending[id] = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (session is not null)
        {
            message["sessionId"] = session;
        }

        await _sending.WaitAsync(cancellation);
        try
        {
            await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, cancellation);
        }
        catch (Exception error) when (error is WebSocketException or InvalidOperationException)
        {
            throw Closed();
        }
        finally
        {
            _sending.Release();
        }

        await await Task.WhenAny(response.Task, Ended).WaitAsync(cancellation);
        return await response.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _receiving;
        _socket.Dispose();
        _sending.Dispose();
    }

    private async Task ReceiveAsync()
    {
        var message = new ArrayBufferWriter<byte>();
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(message.GetMemory(64 * 1024), CancellationToken.None);
                message.Advance(part.Count);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }

                if (part.EndOfMessage)
                {
                    Dispatch((JsonObject)JsonNode.Parse(message.WrittenSpan)!);
                    message.ResetWrittenCount();
                }
            }
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection is closed; pending commands fail.
        }

        _ended.TrySetException(Closed());
        _ = _ended.Task.Exception;
    }

    private static BrowserException Closed() => new("The browser closed the connection.");

    private void Dispatch(JsonObject message)
    {
        if ((int?)message["id"] is { } id)
        {
            if (_pending.TryRemove(id, out var response))
            {
                if (message["error"] is { } error)
                {
                    response.TrySetException(new BrowserException($"The browser rejected a command: {(string?)error["message"]}"));
                }
                else
                {
                    response.TrySetResult(message["result"]!.AsObject());
                }
            }
        }
        else if ((string?)message["sessionId"] is { } session && _listeners.TryGetValue(session, out var listener))
        {
            listener((string)message["method"]!, message["params"]!.AsObject());
        }
    }
}
