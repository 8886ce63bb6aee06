using DeepNotes.Notebooks.Book;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Cli;

/// <summary>Ends a command with a one-line message: what went wrong and what to do.</summary>
internal sealed class CommandFailure(string message, int exitCode = ExitCode.Failed) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    public static CommandFailure Usage(string message) => new(message, Cli.ExitCode.Usage);
}

internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>A cell failed, a notebook differs from its saved outputs, a requirement is missing, or Ctrl+C stopped the command.</summary>
    public const int Failed = 1;

    public const int Usage = 2;
}

/// <summary>Formats exceptions for the user: one line, or the full stack trace on request.</summary>
internal static class ErrorText
{
    public static string Of(Exception error, bool withTrace)
    {
        if (withTrace)
        {
            return error.ToString();
        }

        var message = error.Message.Split('\n')[0].TrimEnd();
        return IsExpected(error)
            ? message
            : $"{error.GetType().Name}: {message} (DEEPNOTES_DEBUG=1 shows the stack trace)";
    }

    // Their messages are written for the user.
    private static bool IsExpected(Exception error) =>
        error is CommandFailure or NotebookFormatException or BookException or IOException or UnauthorizedAccessException;
}
