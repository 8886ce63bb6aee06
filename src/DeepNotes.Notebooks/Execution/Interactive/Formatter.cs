using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>
/// Registered formatters by type and MIME type, with the API of .NET Interactive. If several match a value, the most
/// specific type wins, and for the same type the latest registration.
/// </summary>
public static class Formatter
{
    private const int ListDefault = 50;

    private static readonly Lock Gate = new();
    private static readonly List<Registration> Registered = [];
    private static readonly Dictionary<Type, string[]> Preferred = [];
    private static int? _listLimit;

    /// <summary>The maximum number of displayed rows of a table and items of a list; by default, 50 rows and 100 items.</summary>
    public static int ListExpansionLimit
    {
        get => _listLimit ?? ListDefault;
        set => _listLimit = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Formatter.ListExpansionLimit: expected 1 or more.");
    }

    /// <summary>The maximum depth of nested members.</summary>
    public static int RecursionLimit { get; set; } = ValueText.MaxDepth;

    /// <summary>The default MIME type of <see cref="ToDisplayString(object?, string?)"/>.</summary>
    public static string DefaultMimeType { get; set; } = MimeBundle.Html;

    /// <summary>Registers a formatter that writes values of a type.</summary>
    public static void Register<T>(Action<T, TextWriter> formatter, string mimeType = MimeBundle.PlainText) =>
        Add(typeof(T), mimeType, (value, context) => TryWrite(() => formatter((T)value, context.Writer)));

    /// <summary>Registers a formatter that returns values of a type as text.</summary>
    public static void Register<T>(Func<T, string> formatter, string mimeType = MimeBundle.PlainText) =>
        Add(typeof(T), mimeType, (value, context) => TryWrite(() => context.Writer.Write(formatter((T)value))));

    /// <summary>Registers a formatter that writes values of a type, and returns false to decline.</summary>
    public static void Register<T>(Func<T, FormatContext, bool> formatter, string mimeType = MimeBundle.PlainText) =>
        Add(typeof(T), mimeType, (value, context) => formatter((T)value, context));

    /// <summary>Registers a formatter for a type known at run time, including open generic types: <c>typeof(List&lt;&gt;)</c>.</summary>
    public static void Register(Type type, Action<object, TextWriter> formatter, string mimeType = MimeBundle.PlainText) =>
        Add(type, mimeType, (value, context) => TryWrite(() => formatter(value, context.Writer)));

    /// <inheritdoc cref="Register(Type, Action{object, TextWriter}, string)"/>
    public static void Register(Type type, Func<object, FormatContext, bool> formatter, string mimeType = MimeBundle.PlainText) =>
        Add(type, mimeType, formatter);

    /// <summary>Sets the MIME types in which values of a type are displayed in addition to plain text.</summary>
    public static void SetPreferredMimeTypesFor(Type type, params string[] preferredMimeTypes)
    {
        lock (Gate)
        {
            Preferred[type] = preferredMimeTypes;
        }
    }

    /// <summary>Removes all registrations and settings.</summary>
    public static void ResetToDefault()
    {
        lock (Gate)
        {
            Registered.Clear();
            Preferred.Clear();
            _listLimit = null;
            RecursionLimit = ValueText.MaxDepth;
            DefaultMimeType = MimeBundle.Html;
        }
    }

    /// <summary>The value as text, formatted as for a display.</summary>
    public static string ToDisplayString(this object? value, string? mimeType = null) =>
        mimeType is null && DefaultMimeType == MimeBundle.Html ? DisplayForms.HtmlOf(value)
        : DisplayForms.Of(value, mimeType ?? DefaultMimeType) is { } bundle ? NotebookText.Join(bundle.Forms.Values.First())
        : "";

    /// <summary>Whether an HTML formatter is registered for a type.</summary>
    internal static bool HasHtml(Type type) => Matching(type, MimeBundle.Html).Length > 0;

    /// <summary>The MIME types set or registered for a type; may be empty.</summary>
    internal static IReadOnlyList<string> MimeTypesOf(Type type)
    {
        lock (Gate)
        {
            var set = Preferred.Where(one => Distance(one.Key, type) is not null).OrderBy(one => Distance(one.Key, type)).FirstOrDefault().Value;
            return set ?? [.. Registered.Where(one => Distance(one.Type, type) is not null).Select(one => one.MimeType).Distinct()];
        }
    }

    /// <summary>The output of the registered formatters for a value; null if there are none or all declined.</summary>
    internal static string? Text(object value, string mimeType)
    {
        foreach (var registration in Matching(value.GetType(), mimeType))
        {
            using var writer = new StringWriter(CultureInfo.InvariantCulture);
            if (registration.Format(value, new FormatContext(writer)))
            {
                return writer.ToString();
            }
        }

        return null;
    }

    internal static int RowLimit => _listLimit ?? ListDefault;

    internal static int ItemLimit => _listLimit ?? 2 * ListDefault;

    private static Registration[] Matching(Type type, string mimeType)
    {
        lock (Gate)
        {
            return [.. Registered.Where(one => one.MimeType == mimeType && Distance(one.Type, type) is not null).Reverse().OrderBy(one => Distance(one.Type, type))];
        }
    }

    private static void Add(Type type, string mimeType, Func<object, FormatContext, bool> formatter)
    {
        lock (Gate)
        {
            Registered.Add(new Registration(type, mimeType, formatter));
        }
    }

    private static bool TryWrite(Action write)
    {
        write();
        return true;
    }

    // 0 for the type itself, larger for base types, then interfaces, then object; null if it does not match.
    private static int? Distance(Type registered, Type type)
    {
        const int Interface = 1_000, Anything = 10_000;
        if (registered == typeof(object))
        {
            return Anything;
        }

        var steps = 0;
        for (var one = type; one is not null; one = one.BaseType, steps++)
        {
            if (one == registered || (one.IsGenericType && one.GetGenericTypeDefinition() == registered))
            {
                return steps;
            }
        }

        return registered.IsAssignableFrom(type)
            || type.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == registered) ? Interface : null;
    }

    private sealed record Registration(Type Type, string MimeType, Func<object, FormatContext, bool> Format);
}

/// <summary><see cref="Formatter"/> for one type, the API of early versions of .NET Interactive.</summary>
public static class Formatter<T>
{
    /// <inheritdoc cref="Formatter.Register{T}(Action{T, TextWriter}, string)"/>
    [SuppressMessage("Design", "CA1000", Justification = "The API of .NET Interactive.")]
    public static void Register(Action<T, TextWriter> formatter, string mimeType = MimeBundle.PlainText) => Formatter.Register(formatter, mimeType);

    /// <inheritdoc cref="Formatter.Register{T}(Func{T, string}, string)"/>
    [SuppressMessage("Design", "CA1000", Justification = "The API of .NET Interactive.")]
    public static void Register(Func<T, string> formatter, string mimeType = MimeBundle.PlainText) => Formatter.Register(formatter, mimeType);
}

/// <summary>The output of a formatter.</summary>
public sealed class FormatContext(TextWriter writer)
{
    public TextWriter Writer { get; } = writer;
}

/// <summary>The MIME type of HTML, as in .NET Interactive.</summary>
public static class HtmlFormatter
{
    public const string MimeType = MimeBundle.Html;
}

/// <summary>The MIME type of plain text, as in .NET Interactive.</summary>
public static class PlainTextFormatter
{
    public const string MimeType = MimeBundle.PlainText;
}

/// <summary>The MIME type of JSON, as in .NET Interactive.</summary>
public static class JsonFormatter
{
    public const string MimeType = "application/json";
}
