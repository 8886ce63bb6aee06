using DeepNotes.Notebooks.Book;
using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Running;
using Spectre.Console;

namespace DeepNotes.Cli;

/// <summary>The environment of a command: console, folders, data and sessions.</summary>
internal sealed record CommandContext
{
    /// <summary>The generated data set, and the value of DEEPNOTES_DATA that selects it.</summary>
    public const string GeneratedData = "generated";

    private const string DataVariable = "DEEPNOTES_DATA";
    private const string OfflineVariable = "DEEPNOTES_OFFLINE";

    public required string CurrentDirectory { get; init; }

    public required Workspace Workspace { get; init; }

    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>True on a terminal, where lines can be redrawn; false when redirected or in CI.</summary>
    public required bool IsLive { get; init; }

    /// <summary>Whether errors include stack traces (DEEPNOTES_DEBUG=1).</summary>
    public required bool ShowStackTraces { get; init; }

    public required SessionStart StartSession { get; init; }

    /// <summary>Names the data that notebooks load at present: "generated", "mnist 10000".</summary>
    public required Func<string> DescribeData { get; init; }

    /// <summary>Downloads the real data; does nothing by default.</summary>
    public Func<IProgress<DownloadProgress>, CancellationToken, Task> DownloadRealData { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Finds the JavaScript packages that the book's pages use for formulas and interactive charts.</summary>
    public required Func<FrontEnd> FindFrontEnd { get; init; }

    /// <summary>The context of the current process; also sets its current directory to the workspace.</summary>
    public static CommandContext FromProcess()
    {
        var start = Directory.GetCurrentDirectory();
        var workspace = Workspace.Find(start, AppContext.BaseDirectory);
        MakeDataPathAbsolute(start);
        Directory.SetCurrentDirectory(workspace.Root);
        return new()
        {
            CurrentDirectory = start,
            Workspace = workspace,
            Output = Console.Out,
            Error = Console.Error,
            IsLive = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")),
            ShowStackTraces = Environment.GetEnvironmentVariable("DEEPNOTES_DEBUG") == "1",
            StartSession = StartProcessAsync,
            DescribeData = DataCatalog.Fingerprint,
            DownloadRealData = (progress, cancellation) => Task.Run(() => DataCatalog.Get("mnist", progress, cancellation), cancellation),
            FindFrontEnd = () => FrontEndPackages.Install(workspace.Npm),
        };
    }

    /// <summary>Whether real data may be downloaded: the user has neither chosen data nor set DEEPNOTES_OFFLINE=1.</summary>
    public static bool MayDownload =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable(DataVariable)) && Environment.GetEnvironmentVariable(OfflineVariable) != "1";

    /// <summary>A console for tables and live progress: as wide as the terminal, or 120 columns where output is redirected.</summary>
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

    /// <summary>The path relative to the current directory, or the path itself where it is outside.</summary>
    public string DisplayPath(string path)
    {
        var relative = Path.GetRelativePath(CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    /// <summary>Writes the failures of a command that completed the rest.</summary>
    /// <param name="failures">One line each.</param>
    /// <param name="allLoaded">Whether all notebooks could be read.</param>
    /// <returns>The exit code: success only without failures and with all notebooks read.</returns>
    public int Report(IReadOnlyList<string> failures, bool allLoaded)
    {
        foreach (var failure in failures)
        {
            Error.WriteLine(failure);
        }

        return allLoaded && failures.Count == 0 ? ExitCode.Success : ExitCode.Failed;
    }

    // Sessions start in the notebooks' folders, where a relative path would resolve differently.
    private static void MakeDataPathAbsolute(string start)
    {
        if (Environment.GetEnvironmentVariable(DataVariable) is { Length: > 0 } data && data != GeneratedData)
        {
            Environment.SetEnvironmentVariable(DataVariable, Path.GetFullPath(data, start));
        }
    }

    // The fingerprint records the data of the run, so a session must not download other data during it.
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
