using Microsoft.DotNet.Interactive.Formatting;

namespace DeepNotes.Interactive;

/// <summary>
/// The library's types beyond what they bring along: a chart in the forms that the host shows, and types that have a text
/// of their own and no HTML, such as <see cref="Dataset"/>, as that text instead of a tree of their members.
/// </summary>
internal static class LibraryFormatters
{
    public static void Register(string[] chartMimeTypes)
    {
        // What the type itself prefers is entered when it is first asked for, and would replace what is set before.
        _ = Formatter.GetPreferredMimeTypesFor(typeof(Chart));
        Formatter.SetPreferredMimeTypesFor(typeof(Chart), chartMimeTypes);
        foreach (var type in typeof(Chart).Assembly.ExportedTypes.Where(HasOnlyText))
        {
            Formatter.Register(type, (value, writer) => writer.Write(value), PlainTextFormatter.MimeType);
            Formatter.SetPreferredMimeTypesFor(type, PlainTextFormatter.MimeType);
        }
    }

    private static bool HasOnlyText(Type type) => type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false }
        && !typeof(IDisplayable).IsAssignableFrom(type) && !typeof(Exception).IsAssignableFrom(type) && !Rows.IsRecord(type)
        && type.GetMethod(nameof(ToString), [])?.DeclaringType != typeof(object);
}
