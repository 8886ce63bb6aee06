using System.Reflection;

namespace DeepNotes.Notebooks.Execution;

/// <summary>An exception and its inner exceptions, in one line.</summary>
internal static class ExceptionText
{
    private const int MaxDepth = 5;
    private const int MaxInner = 3;

    /// <summary>The informative exception: without the wrappers that tasks and reflection put around a single one.</summary>
    public static Exception Unwrap(Exception error)
    {
        while (error is AggregateException { InnerExceptions.Count: 1 } or TargetInvocationException && error.InnerException is { } inner)
        {
            error = inner;
        }

        return error;
    }

    /// <summary>The direct causes of an exception.</summary>
    public static IReadOnlyList<Exception> Causes(Exception error) => error switch
    {
        AggregateException { InnerExceptions: var several } => several,
        ReflectionTypeLoadException { LoaderExceptions: var several } => [.. several.OfType<Exception>().DistinctBy(Message)],
        _ => error.InnerException is { } inner ? [inner] : [],
    };

    /// <summary>"TypeInitializationException: … Caused by DllNotFoundException: libfoo.so.2 is missing".</summary>
    public static string OneLine(Exception error) => OneLine(Unwrap(error), 1);

    /// <summary>The message, even where its getter throws.</summary>
    public static string Message(Exception error)
    {
        try
        {
            return error.Message;
        }
        catch (Exception thrown) when (thrown is not (CellStoppedException or ThreadInterruptedException))
        {
            return $"(its Message throws {thrown.GetType().Name})";
        }
    }

    /// <summary>A multi-line text as one line.</summary>
    public static string SingleLine(string message) =>
        string.Join(' ', message.Split(['\n', '\r'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private static string OneLine(Exception error, int depth)
    {
        var message = SingleLine(Message(error));
        var own = message.Length == 0 ? error.GetType().Name : $"{error.GetType().Name}: {message}";
        var inner = Causes(error).Select(Unwrap).ToArray();
        if (inner.Length == 0 || depth == MaxDepth)
        {
            return own;
        }

        if (inner.Length == 1)
        {
            // Some libraries repeat the inner message in their own.
            var cause = OneLine(inner[0], depth + 1);
            var isSaid = Causes(inner[0]).Count == 0 && SingleLine(Message(inner[0])) is { Length: > 0 } said && message.Contains(said, StringComparison.Ordinal);
            return isSaid ? own : $"{own}{(own[^1] is '.' or '!' or '?' ? "" : ".")} Caused by {cause}";
        }

        var more = inner.Length > MaxInner ? $"; and {inner.Length - MaxInner} more" : "";
        return $"{error.GetType().Name} of {inner.Length}: {string.Join("; ", inner.Take(MaxInner).Select(one => OneLine(one, depth + 1)))}{more}";
    }
}
