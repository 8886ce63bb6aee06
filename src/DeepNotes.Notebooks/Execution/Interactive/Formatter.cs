using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>
/// How values are shown, by type and MIME type, under the names that notebooks of .NET Interactive use. Of several that
/// fit a value the nearest type wins, and of one type the latest.
/// </summary>
public static class Formatter
{
    private const int ListDefault = 50;

    private static readonly Lock Gate = new();
    private static readonly List<Registration> Registered = [];
    private static readonly Dictionary<Type, string[]> Preferred = [];
    private static int? _listLimit;

    /// <summary>How many rows of a table and items of a list are shown; as long as it is not set, 50 rows and 100 items.</summary>
    public static int ListExpansionLimit
    {
        get => _listLimit ?? ListDefault;
        set => _listLimit = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Formatter.ListExpansionLimit: expected 1 or more.");
    }

    /// <summary>How deep members of members are shown.</summary>
    public static int RecursionLimit { get; set; } = ValueText.MaxDepth;

    /// <summary>The MIME type of <see cref="ToDisplayString(object?, string?)"/> where none is named.</summary>
    public static string DefaultMimeType { get; set; } = MimeBundle.Html;

    /// <summary>Shows values of a type as what the formatter writes.</summary>
    public static void Register<T>(Action<T, TextWriter> formatter, string mimeType = MimeBundle.PlainText) =>
        Add(typeof(T), mimeType, (value, context) => Wrote(() => formatter((T)value, context.Writer)));

    /// <summary>Shows values of a type as the text that the formatter returns.</summary>
    public static void Register<T>(Func<T, string> formatter, string mimeType = MimeBundle.PlainText) =>
        Add(typeof(T), mimeType, (value, context) => Wrote(() => context.Writer.Write(formatter((T)value))));

    /// <summary>Shows values of a type as what the formatter writes; one that returns false declines.</summary>
    public static void Register<T>(Func<T, FormatContext, bool> formatter, string mimeType = MimeBundle.PlainText) =>
        Add(typeof(T), mimeType, (value, context) => formatter((T)value, context));

    /// <summary>The same for a type that is known at run time, and for all types of a generic one: <c>typeof(List&lt;&gt;)</c>.</summary>
    public static void Register(Type type, Action<object, TextWriter> formatter, string mimeType = MimeBundle.PlainText) =>
        Add(type, mimeType, (value, context) => Wrote(() => formatter(value, context.Writer)));

    /// <inheritdoc cref="Register(Type, Action{object, TextWriter}, string)"/>
    public static void Register(Type type, Func<object, FormatContext, bool> formatter, string mimeType = MimeBundle.PlainText) =>
        Add(type, mimeType, formatter);

    /// <summary>The forms in which values of a type are shown, beside plain text.</summary>
    public static void SetPreferredMimeTypesFor(Type type, params string[] preferredMimeTypes)
    {
        lock (Gate)
        {
            Preferred[type] = preferredMimeTypes;
        }
    }

    /// <summary>Forgets all that was registered and set.</summary>
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

    /// <summary>The value as a display shows it.</summary>
    public static string ToDisplayString(this object? value, string? mimeType = null) =>
        mimeType is null && DefaultMimeType == MimeBundle.Html ? DisplayForms.HtmlOf(value)
        : DisplayForms.Of(value, mimeType ?? DefaultMimeType) is { } bundle ? NotebookText.Join(bundle.Forms.Values.First())
        : "";

    /// <summary>Whether values of a type have an HTML form that was registered.</summary>
    internal static bool HasHtml(Type type) => Fitting(type, MimeBundle.Html).Length > 0;

    /// <summary>The MIME types that were set for a type or registered for it; empty where neither was.</summary>
    internal static IReadOnlyList<string> MimeTypesOf(Type type)
    {
        lock (Gate)
        {
            var set = Preferred.Where(one => Distance(one.Key, type) is not null).OrderBy(one => Distance(one.Key, type)).FirstOrDefault().Value;
            return set ?? [.. Registered.Where(one => Distance(one.Type, type) is not null).Select(one => one.MimeType).Distinct()];
        }
    }

    /// <summary>What was registered says of a value; null where nothing was, or all declined.</summary>
    internal static string? Text(object value, string mimeType)
    {
        foreach (var registration in Fitting(value.GetType(), mimeType))
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

    private static Registration[] Fitting(Type type, string mimeType)
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

    private static bool Wrote(Action write)
    {
        write();
        return true;
    }

    // 0 for the type itself, more for bases, then interfaces, then object; null where it does not fit.
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

/// <summary><see cref="Formatter"/> for one type, under the name that it had in the first versions.</summary>
public static class Formatter<T>
{
    /// <inheritdoc cref="Formatter.Register{T}(Action{T, TextWriter}, string)"/>
    [SuppressMessage("Design", "CA1000", Justification = "The name that notebooks use.")]
    public static void Register(Action<T, TextWriter> formatter, string mimeType = MimeBundle.PlainText) => Formatter.Register(formatter, mimeType);

    /// <inheritdoc cref="Formatter.Register{T}(Func{T, string}, string)"/>
    [SuppressMessage("Design", "CA1000", Justification = "The name that notebooks use.")]
    public static void Register(Func<T, string> formatter, string mimeType = MimeBundle.PlainText) => Formatter.Register(formatter, mimeType);
}

/// <summary>Where a formatter writes to.</summary>
public sealed class FormatContext(TextWriter writer)
{
    public TextWriter Writer { get; } = writer;
}

/// <summary>The MIME type of HTML, under the name that notebooks use.</summary>
public static class HtmlFormatter
{
    public const string MimeType = MimeBundle.Html;
}

/// <summary>The MIME type of plain text, under the name that notebooks use.</summary>
public static class PlainTextFormatter
{
    public const string MimeType = MimeBundle.PlainText;
}

/// <summary>The MIME type of JSON, under the name that notebooks use.</summary>
public static class JsonFormatter
{
    public const string MimeType = "application/json";
}
