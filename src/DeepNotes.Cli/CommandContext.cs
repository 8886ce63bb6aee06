using DeepNotes.Notebooks.Book;
using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Running;
using Spectre.Console;

namespace DeepNotes.Cli;

/// <summary>What a command touches of the world around it.</summary>
internal sealed record CommandContext
{
    /// <summary>The data set that the library makes itself, and the value of DEEPNOTES_DATA that asks for it.</summary>
    public const string GeneratedData = "generated";

    private const string DataVariable = "DEEPNOTES_DATA";
    private const string OfflineVariable = "DEEPNOTES_OFFLINE";

    public required string CurrentDirectory { get; init; }

    public required Workspace Workspace { get; init; }

    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>True on a terminal, where lines can be redrawn; false when redirected or in CI.</summary>
    public required bool IsLive { get; init; }

    /// <summary>Stack traces for errors: DEEPNOTES_DEBUG=1.</summary>
    public required bool ShowsTraces { get; init; }

    public required SessionStart StartSession { get; init; }

    /// <summary>Names the data that notebooks would get now: "generated", "mnist 10000".</summary>
    public required Func<string> DescribeData { get; init; }

    /// <summary>Brings the real data onto this machine; does nothing unless the process's own context says how.</summary>
    public Func<IProgress<DownloadProgress>, CancellationToken, Task> GetRealData { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Where the book's pages take formulas and interactive charts from.</summary>
    public required Func<FrontEnd> FindFrontEnd { get; init; }

    /// <summary>The process's own console, environment and folder.</summary>
    public static CommandContext OfProcess()
    {
        var start = Directory.GetCurrentDirectory();
        var workspace = Workspace.Find(start, AppContext.BaseDirectory);
        AnchorData(start);
        Directory.SetCurrentDirectory(workspace.Root);
        return new()
        {
            CurrentDirectory = start,
            Workspace = workspace,
            Output = Console.Out,
            Error = Console.Error,
            IsLive = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")),
            ShowsTraces = Environment.GetEnvironmentVariable("DEEPNOTES_DEBUG") == "1",
            StartSession = StartProcessAsync,
            DescribeData = DataCatalog.Fingerprint,
            GetRealData = (progress, cancellation) => Task.Run(() => DataCatalog.Get("mnist", progress, cancellation), cancellation),
            FindFrontEnd = () => FrontEndPackages.Install(workspace.Npm),
        };
    }

    /// <summary>Whether the reader left open which data to use, so that real data may be fetched.</summary>
    public static bool MayDownload =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable(DataVariable)) && Environment.GetEnvironmentVariable(OfflineVariable) != "1";

    /// <summary>Tables and live progress; as wide as the terminal, and wide enough for a table in a log.</summary>
    public IAnsiConsole CreateConsole()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = IsLive ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = IsLive ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(Output),
        });
        console.Profile.Width = IsLive ? console.Profile.Width : 120;
        return console;
    }

    /// <summary>A path as the reader would type it.</summary>
    public string Shown(string path)
    {
        var relative = Path.GetRelativePath(CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    /// <summary>Shows what failed while the rest was made; the exit code says whether anything did.</summary>
    /// <param name="failures">One line each.</param>
    /// <param name="areAll">Whether all notebooks could be read.</param>
    public int Report(IReadOnlyList<string> failures, bool areAll)
    {
        foreach (var failure in failures)
        {
            Error.WriteLine(failure);
        }

        return areAll && failures.Count == 0 ? ExitCode.Good : ExitCode.Failed;
    }

    // Sessions start in the notebooks' folders: a relative path would mean another place there.
    private static void AnchorData(string start)
    {
        if (Environment.GetEnvironmentVariable(DataVariable) is { Length: > 0 } data && data != GeneratedData)
        {
            Environment.SetEnvironmentVariable(DataVariable, Path.GetFullPath(data, start));
        }
    }

    // The fingerprint says which data a run has, so a session must not download other data on the way.
    private static async Task<ISession> StartProcessAsync(
        string workingDirectory, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation)
    {
        var variables = new Dictionary<string, string>(environment) { [OfflineVariable] = "1" };
        if (DataCatalog.Fingerprint() == GeneratedData)
        {
            variables[DataVariable] = GeneratedData;
        }

        return await SessionProcess.StartAsync(new SessionOptions(workingDirectory) { Environment = variables }, cancellation);
    }
}
