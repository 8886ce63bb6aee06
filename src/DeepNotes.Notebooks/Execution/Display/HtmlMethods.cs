using System.Collections.Concurrent;
using System.Net;
using System.Reflection;

namespace DeepNotes.Notebooks.Execution;

/// <summary>
/// Finds the method that converts a value to HTML, by name: ToHtml(), GetHtml() as in XPlot, or the static
/// toEmbeddedHTML(value) of an F# module as in Plotly.NET.
/// </summary>
internal static class HtmlMethods
{
    private const string FSharpModule = "toEmbeddedHTML";
    private const int FrameHeight = 640;

    private static readonly string[] Names = ["ToHtml", "GetHtml"];
    private static readonly ConcurrentDictionary<Type, MethodInfo?> ByType = new();

    public static bool Has(Type type) => For(type) is not null;

    /// <summary>The value as HTML; null if it has no such method.</summary>
    public static string? Of(object value)
    {
        var method = For(value.GetType());
        var html = (string?)(method is { IsStatic: true } ? method.Invoke(null, [value]) : method?.Invoke(value, null));
        return html is not null && IsPage(html) ? Framed(html) : html;
    }

    private static MethodInfo? For(Type type) => ByType.GetOrAdd(type, Find);

    private static MethodInfo? Find(Type type) => Names
        .Select(name => type.GetMethod(name, BindingFlags.Public | BindingFlags.Instance, []))
        .Concat(Owners(type).Select(owner => owner.GetMethod(FSharpModule, BindingFlags.Public | BindingFlags.Static, [type])))
        .FirstOrDefault(method => method?.ReturnType == typeof(string));

    // A case of an F# union is a nested class of the union, which may itself be nested in the module of its functions.
    private static IEnumerable<Type> Owners(Type type)
    {
        for (var owner = type; owner is not null; owner = owner.DeclaringType)
        {
            yield return owner;
        }
    }

    private static bool IsPage(string html) =>
        html.AsSpan().TrimStart() is var text
        && (text.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase));

    // A complete page is embedded in an iframe, which isolates its scripts and styles.
    private static string Framed(string page) =>
        $"<iframe srcdoc=\"{WebUtility.HtmlEncode(page)}\" style=\"width:100%;height:{FrameHeight}px;border:0\"></iframe>";
}
