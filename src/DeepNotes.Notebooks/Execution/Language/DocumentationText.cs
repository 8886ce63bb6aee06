using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace DeepNotes.Notebooks.Execution;

/// <summary>Converts the XML documentation of a symbol to lines of text.</summary>
internal static partial class DocumentationText
{
    public static string Of(ISymbol symbol)
    {
        var xml = symbol.GetDocumentationCommentXml();
        if (string.IsNullOrWhiteSpace(xml))
        {
            return "";
        }

        try
        {
            // Comments from source code have no root element.
            return string.Join('\n', Lines(XElement.Parse($"<documentation>{xml}</documentation>")));
        }
        catch (XmlException)
        {
            return "";
        }
    }

    private static IEnumerable<string> Lines(XElement documentation)
    {
        foreach (var element in documentation.Descendants())
        {
            var text = element.Name.LocalName switch
            {
                "summary" or "remarks" => Text(element),
                "param" or "typeparam" => $"{element.Attribute("name")?.Value}: {Text(element)}",
                "returns" => $"Returns: {Text(element)}",
                "exception" => $"Throws {Name(element)}: {Text(element)}",
                _ => "",
            };
            if (text.Length > 0)
            {
                yield return text;
            }
        }
    }

    private static string Text(XElement element) => Space().Replace(string.Concat(element.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement reference when reference.IsEmpty => Name(reference),
        XElement inner => Text(inner),
        _ => "",
    })), " ").Trim();

    // cref="M:System.Math.Abs(System.Double)" is Abs; name="x" and langword="null" are themselves.
    private static string Name(XElement reference)
    {
        var name = (reference.Attribute("cref") ?? reference.Attribute("name") ?? reference.Attribute("langword"))?.Value ?? "";
        return name.Split('(')[0].Split('.', ':')[^1].Split('`')[0];
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
