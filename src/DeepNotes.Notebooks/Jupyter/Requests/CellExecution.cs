using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>Executes cells in the session (execute_request) and interrupts them (interrupt_request).</summary>
internal sealed class CellExecution(Task<SessionProcess> session, KernelChannels channels, History history, TimeSpan timeout)
{
    private readonly OutputMessages _outputs = new(channels.Session);
    private volatile Request? _running;
    private long _lastAborted;
    private int _count;

    public async Task<JsonObject> ExecuteAsync(Request request)
    {
        // An interrupt that arrives while the session is starting also applies to this cell.
        await Task.WhenAny(session).ConfigureAwait(false);
        if (request.Number <= Interlocked.Read(ref _lastAborted))
        {
            return Reply.Aborted();
        }

        var silent = request.Content.Flag("silent");
        var stored = !silent && request.Content.Flag("store_history", defaultValue: true);
        var count = _count + 1;
        if (stored)
        {
            _count = count;
        }

        var content = await RunAsync(request, count, silent, stored).ConfigureAwait(false);
        content["execution_count"] = count;
        if (content.Text("status") != "ok" && request.Content.Flag("stop_on_error", defaultValue: true))
        {
            AbortQueued();
        }

        return content;
    }

    public async Task<JsonObject> InterruptAsync()
    {
        AbortQueued();
        var running = _running;
        if (!session.IsCompletedSuccessfully || await (await session.ConfigureAwait(false)).InterruptAsync(timeout).ConfigureAwait(false))
        {
            return Reply.Ok();
        }

        const string Message = "The cell did not respond to the interrupt: restart the kernel.";
        if (running is not null)
        {
            channels.Publish("stream", running, new JsonObject { ["name"] = "stderr", ["text"] = Message + "\n" });
        }

        return Reply.Error(new ErrorOutput("InterruptFailed", Message, [Message]));
    }

    // Cells that a front end sends together, as with Run All, belong together: after a failure the rest is not executed.
    private void AbortQueued() => Interlocked.Exchange(ref _lastAborted, channels.ReceivedCount);

    private async Task<JsonObject> RunAsync(Request request, int count, bool silent, bool stored)
    {
        var code = request.Content.Text("code");
        if (!silent)
        {
            channels.Publish("execute_input", request, new JsonObject { ["code"] = code, ["execution_count"] = count });
        }

        using var ended = new CancellationTokenSource();
        var cell = new CellRequest(code, $"cell {count}")
        {
            ReadLine = request.Content.Flag("allow_stdin") ? () => channels.ReadLineAsync(request, ended.Token) : null,
        };
        string? value = null;
        _running = request;
        var result = await RunAsync(cell, output =>
        {
            value = output is ResultOutput shown ? shown.Data.Text(MimeBundle.PlainText) : value;
            if (!silent)
            {
                var (type, content) = _outputs.Of(output, count);
                channels.Publish(type, request, content);
            }
        }).ConfigureAwait(false);
        _running = null;
        await ended.CancelAsync().ConfigureAwait(false);
        if (stored)
        {
            history.Add(count, code, value);
        }

        return result.Error is null ? await SucceededAsync(request).ConfigureAwait(false) : Reply.Error(result.Error);
    }

    private async Task<CellResult> RunAsync(CellRequest cell, Action<CellOutput> show)
    {
        try
        {
            return await (await session.ConfigureAwait(false)).ExecuteAsync(cell, show).ConfigureAwait(false);
        }
        catch (InvalidOperationException reason)
        {
            var error = new ErrorOutput("SessionStart", reason.Message, [reason.Message]);
            show(error);
            return new CellResult(CellStatus.Crashed, TimeSpan.Zero, 0, error);
        }
    }

    private async Task<JsonObject> SucceededAsync(Request request)
    {
        var expressions = new JsonObject();
        foreach (var (name, expression) in request.Content.Fields("user_expressions"))
        {
            expressions[name] = await EvaluateAsync(NotebookText.Join(expression)).ConfigureAwait(false);
        }

        var content = Reply.Ok();
        content["payload"] = new JsonArray();
        content["user_expressions"] = expressions;
        return content;
    }

    private async Task<JsonObject> EvaluateAsync(string expression)
    {
        if (await (await session.ConfigureAwait(false)).EvaluateAsync(expression, format: null).ConfigureAwait(false) is not { } text)
        {
            var message = $"{expression}: has no value, or cannot be evaluated.";
            return Reply.Error(new ErrorOutput("EvaluationError", message, [message]));
        }

        var content = Reply.Ok();
        content["data"] = OutputMessages.Data(MimeBundle.FromText(text));
        content["metadata"] = new JsonObject();
        return content;
    }
}
