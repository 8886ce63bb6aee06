using System.Globalization;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;

namespace DeepNotes.Notebooks.Tests.Running;

/// <summary>
/// A fast, deterministic fake session. The cells consist of commands, one per line: print, warn, show, result, set, throw,
/// hang, crash, wait.
/// </summary>
internal sealed class ScriptedSession : ISession
{
    private readonly Dictionary<string, string> _variables = [];

    public bool Disposed { get; private set; }

    public List<string> Executed { get; } = [];

    /// <summary>The next cell of each request; null for none.</summary>
    public List<string?> Announced { get; } = [];

    /// <summary>Outputs that every cell shows before its commands.</summary>
    public CellOutput? First { get; init; }

    /// <summary>Called when a cell begins to wait.</summary>
    public Action Waiting { get; init; } = () => { };

    public async Task<CellResult> ExecuteAsync(CellRequest request, Action<CellOutput> show, CancellationToken cancellation = default)
    {
        Executed.Add(request.Name);
        Announced.Add(request.Next is { } next ? $"{next.Name}: {next.Code}" : null);
        if (First is not null)
        {
            show(First);
        }

        var lines = request.Code.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            // A corrupt line has fewer words.
            var words = lines[i].Split(' ', 3) is { Length: 3 } three ? three : [.. lines[i].Split(' '), "", ""];
            var rest = lines[i].Length > words[0].Length ? lines[i][(words[0].Length + 1)..] : "";
            switch (words[0])
            {
                case "print":
                    show(new StreamOutput("stdout", rest.Replace("\\r", "\r") + "\n"));
                    break;
                case "warn":
                    show(new StreamOutput("stderr", rest + "\n"));
                    break;
                case "show":
                    show(new DisplayOutput(MimeBundle.FromText(words[2]), words[1]));
                    break;
                case "picture":
                    show(new DisplayOutput(Picture(rest), null));
                    break;
                case "result":
                    show(new ResultOutput(MimeBundle.FromText(rest), null));
                    break;
                case "set":
                    _variables[words[1]] = words[2];
                    break;
                case "throw":
                    var error = Error("InvalidOperationException", $"{request.Name}, line {i + 1}: InvalidOperationException: {rest}");
                    show(error);
                    return Result(CellStatus.Failed, error);
                case "hang":
                    return Result(CellStatus.TimedOut, Error("TimeLimit", $"{request.Name}, line {i + 1}: stopped"));
                case "crash":
                    return Result(CellStatus.Crashed, Error("SessionEnded", $"{request.Name}: the process ended."));
                case "wait":
                    Waiting();
                    await Task.Delay(Timeout.Infinite, cancellation);
                    break;
                default:
                    break;
            }
        }

        return Result(CellStatus.Done, null);
    }

    public Task<IReadOnlyList<string?>> EvaluateAsync(IReadOnlyList<QuotedExpression> expressions, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<string?>>([.. expressions.Select(expression => _variables.TryGetValue(expression.Code.Replace(" ", ""), out var value)
            ? expression.Format is { } format ? double.Parse(value, CultureInfo.InvariantCulture).ToString(format, CultureInfo.InvariantCulture) : value
            : null)]);

    public Task<bool> InterruptAsync(TimeSpan timeout) => Task.FromResult(true);

    public ValueTask DisposeAsync()
    {
        Disposed = true;
        return ValueTask.CompletedTask;
    }

    private static CellResult Result(CellStatus status, ErrorOutput? error) => new(status, TimeSpan.FromMilliseconds(20), 0, error);

    private static ErrorOutput Error(string name, string message) => new(name, message, [message]);

    private static MimeBundle Picture(string title) => new()
    {
        [MimeBundle.PlainText] = title,
        [MimeBundle.Svg] = $"""<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><title>{title}</title></svg>""",
        [MimeBundle.Plotly] = new System.Text.Json.Nodes.JsonObject { ["data"] = new System.Text.Json.Nodes.JsonArray() },
    };
}
