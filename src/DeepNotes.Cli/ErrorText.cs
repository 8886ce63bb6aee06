using DeepNotes.Notebooks.Book;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Cli;

/// <summary>An exception as a reader wants it: one line, unless the trace is asked for.</summary>
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
            : $"{error.GetType().Name}: {message} (DEEPNOTES_DEBUG=1 shows the trace)";
    }

    // These carry messages written for the reader.
    private static bool IsExpected(Exception error) =>
        error is CommandFailure or NotebookFormatException or BookException or IOException or UnauthorizedAccessException;
}
