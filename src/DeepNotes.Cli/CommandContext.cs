using DeepNotes.Notebooks.Running;
using Spectre.Console;

namespace DeepNotes.Cli;

/// <summary>What a command touches of the world around it.</summary>
internal sealed record CommandContext
{
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
    public string Shown(string path) => Path.GetRelativePath(CurrentDirectory, path);
}
