using DeepNotes.Notebooks.Book;
using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Running;
using Spectre.Console;

namespace DeepNotes.Cli;

/// <summary>What a command touches of the world around it.</summary>
internal sealed record CommandContext
{
    private const string DataVariable = "DEEPNOTES_DATA";
    private const string GeneratedData = "generated";

    public required string CurrentDirectory { get; init; }

    public required Repository Repository { get; init; }

    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>True on a terminal, where lines can be redrawn; false when redirected or in CI.</summary>
    public required bool IsLive { get; init; }

    /// <summary>Stack traces for errors: DEEPNOTES_DEBUG=1.</summary>
    public required bool ShowsTraces { get; init; }

    public required SessionStart StartSession { get; init; }

    /// <summary>Names the data that notebooks would get now: "generated", "mnist 10000".</summary>
    public required Func<string> DescribeData { get; init; }

    /// <summary>Where the book's pages take formulas and interactive charts from.</summary>
    public required Func<FrontEnd> FindFrontEnd { get; init; }

    /// <summary>The process's own console, environment and folder.</summary>
    public static CommandContext OfProcess()
    {
        var start = Directory.GetCurrentDirectory();
        var repository = Repository.Find(start, AppContext.BaseDirectory);
        AnchorData(start);
        Directory.SetCurrentDirectory(repository.Root);
        return new()
        {
            CurrentDirectory = start,
            Repository = repository,
            Output = Console.Out,
            Error = Console.Error,
            IsLive = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")),
            ShowsTraces = Environment.GetEnvironmentVariable("DEEPNOTES_DEBUG") == "1",
            StartSession = StartProcessAsync,
            DescribeData = DataCatalog.Fingerprint,
            FindFrontEnd = () => FrontEndPackages.Install(repository.Cache),
        };
    }

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
        var variables = new Dictionary<string, string>(environment) { ["DEEPNOTES_OFFLINE"] = "1" };
        if (DataCatalog.Fingerprint() == GeneratedData)
        {
            variables[DataVariable] = GeneratedData;
        }

        return await SessionProcess.StartAsync(new SessionOptions(workingDirectory) { Environment = variables }, cancellation);
    }
}
