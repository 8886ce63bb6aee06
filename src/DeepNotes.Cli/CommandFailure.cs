namespace DeepNotes.Cli;

/// <summary>Ends a command with one line that says what went wrong and what to do.</summary>
internal sealed class CommandFailure(string message, int exitCode = ExitCode.Failed) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    public static CommandFailure Usage(string message) => new(message, Cli.ExitCode.Usage);
}
