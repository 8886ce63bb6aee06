using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Execution;

/// <summary>A session in a separate process: a crash in a cell does not affect the caller. Requests are queued.</summary>
public sealed class SessionProcess : ISession, ILanguageService
{
    // Generous, for machines under load.
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ExitLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan QuietPeriod = TimeSpan.FromSeconds(2);

    private readonly ChildProcess _child;
    private readonly SessionOptions _options;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile SessionRequest? _current;
    private volatile ErrorOutput? _reportedEnd;
    private volatile string? _endedIn;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode?>> _questions = new();
    private int _lastQuestionId;
    private int _received;
    private int _requests;
    private int _disposed;

    private SessionProcess(ChildProcess child, SessionOptions options)
    {
        _child = child;
        _options = options;
        new Thread(Receive) { IsBackground = true, Name = "session answers" }.Start();
        _ = WatchAsync();
    }

    /// <summary>False once the process has ended: cells are rejected and a new session is needed.</summary>
    public bool IsAlive => !_ended.Task.IsCompleted;

    /// <summary>The id of the session's process, for memory readings.</summary>
    public int ProcessId => _child.Id;

    /// <exception cref="InvalidOperationException">The process could not start; the message gives the reason.</exception>
    public static async Task<SessionProcess> StartAsync(SessionOptions options, CancellationToken cancellation = default)
    {
        if (!Directory.Exists(options.WorkingDirectory))
        {
            throw new InvalidOperationException($"{options.WorkingDirectory}: no such folder to run a session in.");
        }

        var session = new SessionProcess(ChildProcess.Start(options), options);
        try
        {
            await Task.WhenAny(session._ready.Task, session._ended.Task).WaitAsync(StartLimit, cancellation).ConfigureAwait(false);
            return session.IsAlive
                ? session
                : throw new InvalidOperationException($"the session's process exited during startup: {session._child.Error.Take().Trim()}");
        }
        catch (TimeoutException)
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw new InvalidOperationException($"the session's process did not start within {StartLimit.TotalMinutes:0} minutes.");
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async Task<CellResult> ExecuteAsync(CellRequest request, Action<CellOutput> show, CancellationToken cancellation = default)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (!IsAlive)
            {
                return Reject(request, show);
            }

            var running = new SessionRequest(++_requests, request.Name, show, request.ReadLine);
            var watch = Stopwatch.StartNew();
            var stoppedBy = await SendAsync(running, Messages.ExecuteRequest(running.Id, request), request.TimeLimit, cancellation).ConfigureAwait(false);
            ShowNativeOutput(running);
            var result = running.Answer is { } answer
                ? Messages.ReadResult(answer)
                : new CellResult(CellStatus.Crashed, watch.Elapsed, 0, DescribeEnd(request.Name));
            result = ApplyStop(result, stoppedBy, request);
            if (result.Error is not null)
            {
                running.Show(result.Error);
            }

            running.ThrowIfShowFailed();
            return result;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task<IReadOnlyList<string?>> EvaluateAsync(IReadOnlyList<QuotedExpression> expressions, CancellationToken cancellation = default)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (!IsAlive)
            {
                return new string?[expressions.Count];
            }

            var running = new SessionRequest(++_requests, "expression", _ => { });
            await SendAsync(running, Messages.EvaluateRequest(running.Id, expressions), null, cancellation).ConfigureAwait(false);
            return running.Answer is { } answer ? Messages.ReadTexts(answer) : new string?[expressions.Count];
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task<bool> InterruptAsync(TimeSpan timeout)
    {
        var running = _current;
        if (running is null)
        {
            return true;
        }

        Send(Messages.InterruptRequest(running.Id));
        await Task.WhenAny(running.Ended, Task.Delay(timeout)).ConfigureAwait(false);
        return running.Answer is not null;
    }

    public async Task<CompletionList> CompleteAsync(string code, int position, CancellationToken cancellation = default) =>
        Messages.ReadCompletions(await AskAsync(Messages.Complete, code, position, cancellation).ConfigureAwait(false)) ?? new CompletionList(position, position, []);

    public async Task<MimeBundle?> DescribeAsync(string code, int position, CancellationToken cancellation = default) =>
        Messages.ReadBundle(await AskAsync(Messages.Describe, code, position, cancellation).ConfigureAwait(false));

    public async Task<Completeness> CheckCompletenessAsync(string code, CancellationToken cancellation = default) =>
        Enum.TryParse<Completeness>((string?)await AskAsync(Messages.CheckCompleteness, code, 0, cancellation).ConfigureAwait(false), out var completeness)
            ? completeness
            : Completeness.Invalid;

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _child.Kill();
        await Task.WhenAny(_ended.Task, Task.Delay(ExitLimit)).ConfigureAwait(false);
        _child.Dispose();
    }

    private enum StoppedBy
    {
        None,
        TimeLimit,
        Caller,
    }

    /// <summary>Completes when the request is answered or the process has ended; the result is what stopped it.</summary>
    private async Task<StoppedBy> SendAsync(SessionRequest request, JsonObject message, TimeSpan? limit, CancellationToken cancellation)
    {
        _current = request;
        try
        {
            Send(message);
            var done = Task.WhenAny(request.Ended, _ended.Task);
            try
            {
                await Task.WhenAny(request.Began, done).WaitAsync(cancellation).ConfigureAwait(false);
                await done.WaitAsync(limit ?? Timeout.InfiniteTimeSpan, cancellation).ConfigureAwait(false);
                return StoppedBy.None;
            }
            catch (Exception reason) when (reason is TimeoutException or OperationCanceledException)
            {
                Send(Messages.InterruptRequest(request.Id));
                if (await Task.WhenAny(done, Task.Delay(_options.InterruptTimeout, CancellationToken.None)).ConfigureAwait(false) != done)
                {
                    _child.Kill();
                    await _ended.Task.ConfigureAwait(false);
                }

                return reason is TimeoutException ? StoppedBy.TimeLimit : StoppedBy.Caller;
            }
        }
        finally
        {
            _current = null;
        }
    }

    // Works while a cell runs, too. Null when there is no answer, as when the process has ended.
    private async Task<JsonNode?> AskAsync(string type, string code, int position, CancellationToken cancellation)
    {
        var id = Interlocked.Increment(ref _lastQuestionId);
        var answer = _questions[id] = new TaskCompletionSource<JsonNode?>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            Send(Messages.Question(id, type, code, position));
            await Task.WhenAny(answer.Task, _ended.Task).WaitAsync(cancellation).ConfigureAwait(false);
            return answer.Task.IsCompletedSuccessfully ? await answer.Task.ConfigureAwait(false) : null;
        }
        finally
        {
            _questions.TryRemove(id, out _);
        }
    }

    private async Task AnswerInputAsync(SessionRequest? request, int number) =>
        Send(Messages.InputReply(number, request is null ? null : await request.ReadLineAsync().ConfigureAwait(false)));

    // The process may have ended; WatchAsync reports that.
    private void Send(JsonObject message)
    {
        try
        {
            _child.Channel.Send(message);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            _child.Kill();
        }
    }

    private void Receive()
    {
        while (_child.Channel.Receive() is { } message)
        {
            Interlocked.Increment(ref _received);
            switch (Messages.Type(message))
            {
                case Messages.Ready:
                    _ready.TrySetResult();
                    break;
                case Messages.Began:
                    _current?.Begin();
                    break;
                case Messages.Output:
                    _current?.Show(Messages.ReadOutput(message));
                    break;
                case Messages.AskInput:
                    _ = AnswerInputAsync(_current, (int)message["number"]!);
                    break;
                case Messages.Answer:
                    if (_questions.TryRemove((int)message["id"]!, out var question))
                    {
                        question.TrySetResult(message["answer"]);
                    }

                    break;
                case Messages.Ending:
                    _reportedEnd = Messages.ReadError(message);
                    break;
                default:
                    _current?.End(message);
                    break;
            }
        }

        // The process has closed its end: it is ending, or can no longer communicate.
        if (!_child.Exited.Wait(ExitLimit))
        {
            _child.Kill();
        }

        _ended.TrySetResult();
    }

    // Child processes of a cell may keep the pipe open: the session ends with its own process, once everything that it has
    // sent is read.
    private async Task WatchAsync()
    {
        await _child.Exited.ConfigureAwait(false);
        int before;
        do
        {
            before = Volatile.Read(ref _received);
            await Task.WhenAny(_ended.Task, Task.Delay(QuietPeriod)).ConfigureAwait(false);
        }
        while (!_ended.Task.IsCompleted && before != Volatile.Read(ref _received));
        _ended.TrySetResult();
    }

    private void ShowNativeOutput(SessionRequest request)
    {
        if (_child.Output.Take() is { Length: > 0 } output)
        {
            request.Show(new StreamOutput("stdout", output));
        }

        if (IsAlive && _child.Error.Take() is { Length: > 0 } error)
        {
            request.Show(new StreamOutput("stderr", error));
        }
    }

    private ErrorOutput DescribeEnd(string cell)
    {
        _endedIn = cell;
        return SessionEnd.Describe(cell, _reportedEnd, _child.ExitCode, _child.Error.Take());
    }

    private static CellResult ApplyStop(CellResult result, StoppedBy stoppedBy, CellRequest request)
    {
        var ended = result.Status == CellStatus.Crashed;
        if (!(ended && stoppedBy != StoppedBy.None) && result.Status != CellStatus.Interrupted)
        {
            return result;
        }

        var (status, name, what) = stoppedBy == StoppedBy.TimeLimit
            ? (CellStatus.TimedOut, "Timeout", $"{request.Name} ran longer than {request.TimeLimit!.Value.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s and was stopped")
            : (CellStatus.Interrupted, "Interrupted", $"{request.Name} was interrupted");
        var message = ended ? $"{what}; it did not respond, so the session's process was killed and its variables are lost" : what;
        return result with { Status = status, Error = new ErrorOutput(name, message, [message, .. result.Error?.Trace.Skip(1) ?? []]) };
    }

    private CellResult Reject(CellRequest request, Action<CellOutput> show)
    {
        var message = $"{request.Name} was not run: the session has ended{(_endedIn is null ? "" : $" in {_endedIn}")}; restart it.";
        var error = new ErrorOutput("SessionEnded", message, [message]);
        show(error);
        return new CellResult(CellStatus.Crashed, TimeSpan.Zero, 0, error);
    }
}

/// <summary>The options of a session.</summary>
/// <param name="WorkingDirectory">The notebook's folder, to which <c>#r</c>, <c>#load</c> and relative paths in cells refer.</param>
public sealed record SessionOptions(string WorkingDirectory)
{
    /// <summary>Environment variables added to those of this process (DEEPNOTES_FAST, DEEPNOTES_DATA).</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Console characters kept per cell; the excess is counted and dropped.</summary>
    public int ConsoleLimit { get; init; } = 1 << 20;

    /// <summary>The time between an interrupt and killing the process.</summary>
    public TimeSpan InterruptTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
