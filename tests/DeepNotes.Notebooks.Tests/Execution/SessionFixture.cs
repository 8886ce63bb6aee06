using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Execution;

/// <summary>A session in an empty folder for all tests of a class; tests that end a session start their own.</summary>
public sealed class SessionFixture : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deepnotes-session-");

    public string Folder => _folder.FullName;

    public SessionProcess Session { get; private set; } = null!;

    public async Task InitializeAsync() => Session = await StartAsync();

    /// <param name="environment">Additional environment variables of the session.</param>
    public Task<SessionProcess> StartAsync(params (string Name, string Value)[] environment) => StartAsync(Eventually.Limit, environment);

    /// <param name="interruptTimeout">The time limit for a cell to stop.</param>
    /// <param name="environment">Additional environment variables of the session.</param>
    public Task<SessionProcess> StartAsync(TimeSpan interruptTimeout, params (string Name, string Value)[] environment) => SessionProcess.StartAsync(new SessionOptions(Folder)
    {
        Environment = environment.Prepend(("DEEPNOTES_FAST", "1")).ToDictionary(variable => variable.Item1, variable => variable.Item2),
        ConsoleLimit = 100_000,
        InterruptTimeout = interruptTimeout,
    });

    public Task<(CellResult Result, List<CellOutput> Outputs)> RunAsync(string code, double? limit = null) =>
        RunAsync(Session, code, limit);

    public static async Task<(CellResult Result, List<CellOutput> Outputs)> RunAsync(SessionProcess session, string code, double? limit = null)
    {
        var outputs = new List<CellOutput>();
        TimeSpan? timeLimit = limit is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        var result = await session.ExecuteAsync(new CellRequest(code, "cell 7", timeLimit), outputs.Add);
        return (result, outputs);
    }

    /// <summary>The outputs as text with joined streams: "stdout: … | display: … | result: …".</summary>
    public static string Describe(IEnumerable<CellOutput> outputs)
    {
        var parts = new List<(string Kind, string Text)>();
        foreach (var output in outputs)
        {
            var (kind, text) = output switch
            {
                StreamOutput stream => (stream.Name, stream.Text),
                DisplayOutput display => ("display", Text(display.Data)),
                ResultOutput result => ("result", Text(result.Data)),
                ErrorOutput error => ("error", error.Message),
                _ => ("unknown", ""),
            };
            if (parts is [.., var last] && last.Kind == kind && output is StreamOutput)
            {
                parts[^1] = (kind, last.Text + text);
            }
            else
            {
                parts.Add((kind, text));
            }
        }

        return string.Join(" | ", parts.Select(part => $"{part.Kind}: {part.Text.TrimEnd()}"));
    }

    public async Task DisposeAsync()
    {
        await Session.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static string Text(MimeBundle bundle) => bundle.Text(MimeBundle.PlainText) ?? bundle.Text(MimeBundle.Html) ?? "";
}
