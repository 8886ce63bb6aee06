using Microsoft.DotNet.Interactive.Formatting;

namespace DeepNotes.Interactive;

/// <summary>
/// Formatters of library types in addition to those declared by attribute: charts in the MIME types that the host supports,
/// and types with <see cref="object.ToString"/> but without HTML, such as <see cref="Dataset"/>, as that text instead of a tree
/// of their members.
/// </summary>
internal static class LibraryFormatters
{
    public static void Register(string[] chartMimeTypes)
    {
        // The first query registers the preferences of the type's attribute, which would otherwise overwrite these later.
        _ = Formatter.GetPreferredMimeTypesFor(typeof(Chart));
        Formatter.SetPreferredMimeTypesFor(typeof(Chart), chartMimeTypes);
        foreach (var type in typeof(Chart).Assembly.ExportedTypes.Where(HasOnlyText))
        {
            Formatter.Register(type, (value, writer) => writer.Write(value), PlainTextFormatter.MimeType);
            Formatter.SetPreferredMimeTypesFor(type, PlainTextFormatter.MimeType);
        }
    }

    /// <summary>
    /// The MIME types in which the host shows a chart: SVG in a Jupyter kernel, where .NET Interactive sends a plotly figure as a string
    /// instead of JSON, which no client renders; elsewhere the figure too.
    /// </summary>
    public static string[] ChartMimeTypes(IEnumerable<string> commandLine) =>
        commandLine.Contains("jupyter") ? [MimeTypes.Svg, MimeTypes.PlainText] : [MimeTypes.Plotly, MimeTypes.Svg, MimeTypes.PlainText];

    private static bool HasOnlyText(Type type) => type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false }
        && !typeof(IDisplayable).IsAssignableFrom(type) && !typeof(Exception).IsAssignableFrom(type) && !Rows.IsRecord(type)
        && type.GetMethod(nameof(ToString), [])?.DeclaringType != typeof(object);
}
