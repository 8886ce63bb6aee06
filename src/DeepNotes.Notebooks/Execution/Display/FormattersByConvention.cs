using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;

namespace DeepNotes.Notebooks.Execution;

/// <summary>
/// The formatters that a type declares, found by name so that no shared package is needed: an attribute
/// TypeFormatterSourceAttribute (FormatterSourceType, PreferredMimeTypes), a source with CreateTypeFormatters(), and
/// formatters with MimeType and Format(object, TextWriter). This is the convention of .NET Interactive.
/// </summary>
internal sealed class FormattersByConvention
{
    private static readonly ConcurrentDictionary<Type, FormattersByConvention?> ByType = new();

    private readonly Dictionary<string, Formatter> _formatters;

    private FormattersByConvention(Dictionary<string, Formatter> formatters, IReadOnlyList<string> preferred)
    {
        _formatters = formatters;
        Preferred = [.. preferred.Select(mimeType => (mimeType, _formatters[mimeType]))];
    }

    /// <summary>The formatters of the preferred MIME types, which a display uses.</summary>
    public IReadOnlyList<(string MimeType, Formatter Formatter)> Preferred { get; }

    public static FormattersByConvention? For(Type type) => ByType.GetOrAdd(type, Find);

    public string? Format(object value, string mimeType) => _formatters.GetValueOrDefault(mimeType)?.Format(value);

    private static FormattersByConvention? Find(Type type)
    {
        var attribute = type.GetCustomAttributes(inherit: true).FirstOrDefault(attribute => attribute.GetType().Name == "TypeFormatterSourceAttribute");
        if (attribute is null || Property(attribute, "FormatterSourceType") is not Type sourceType)
        {
            // No attribute, or an unrelated one of the same name, as in Plotly.NET; .NET Interactive ignores it as well.
            return null;
        }

        var source = Activator.CreateInstance(sourceType)!;
        var created = (IEnumerable)source.GetType().GetMethod("CreateTypeFormatters", [])!.Invoke(source, null)!;
        var formatters = created.Cast<object>().Select(formatter => new Formatter(formatter)).ToDictionary(formatter => formatter.MimeType);
        var preferred = Property(attribute, "PreferredMimeTypes") as IEnumerable<string> ?? formatters.Keys;
        var missing = preferred.FirstOrDefault(mimeType => !formatters.ContainsKey(mimeType));
        return missing is null
            ? new FormattersByConvention(formatters, [.. preferred])
            : throw new InvalidOperationException($"{type.Name} prefers {missing}, but {source.GetType().Name} has no formatter for it.");
    }

    private static object? Property(object owner, string name) =>
        owner.GetType().GetProperty(name, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)?.GetValue(owner);

    public sealed class Formatter(object formatter)
    {
        private readonly MethodInfo _format = formatter.GetType().GetMethod("Format", [typeof(object), typeof(TextWriter)])
            ?? throw new InvalidOperationException($"{formatter.GetType().Name}: expected a method bool Format(object, TextWriter).");

        public string MimeType { get; } = (string)Property(formatter, "MimeType")!;

        /// <summary>The formatted text; null if the formatter declines.</summary>
        public string? Format(object value)
        {
            using var writer = new StringWriter(CultureInfo.InvariantCulture);
            return _format.Invoke(formatter, [value, writer]) is true ? writer.ToString() : null;
        }
    }
}
