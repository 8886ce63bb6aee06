using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace DeepNotes.Notebooks.Book;

/// <summary>
/// An SVG figure in a page, as an image element that refers to a file: scripts in it do not run, its ids and styles do not
/// clash with the page's, and the page stays small.
/// </summary>
internal static partial class SvgFace
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <param name="svg">The SVG source.</param>
    /// <param name="path">Its path in the book.</param>
    public static string OfFile(string svg, string path) =>
        $"<img alt=\"{Html.Escape(Description(svg) is { Length: > 0 } known ? known : "Figure")}\" src=\"{Address.OfFile(path)}\"{Size(svg)}>";

    /// <summary>The SVG as a standalone file, which must declare its namespace.</summary>
    public static string Standalone(string svg) =>
        Root().Match(svg) is { Success: true } root && !root.Value.Contains("xmlns=", StringComparison.Ordinal)
            ? svg.Insert(root.Index + "<svg".Length, $" xmlns=\"{Svg.NamespaceName}\"") : svg;

    /// <summary>Title and description, used as alternative text.</summary>
    public static string Description(string svg)
    {
        try
        {
            using var reader = Reader(svg);
            return reader.MoveToContent() == XmlNodeType.Element && reader.LocalName == "svg" ? Description(Named(reader)) : "";
        }
        catch (XmlException)
        {
            return "";
        }
    }

    // Reads only the title and description of the root element, because a drawing may be large.
    private static XElement Named(XmlReader reader)
    {
        var root = new XElement(Svg + "svg");
        for (reader.Read(); !reader.EOF && root.Elements().Count() < 2;)
        {
            if (reader.NodeType == XmlNodeType.Element && reader.NamespaceURI == Svg.NamespaceName && reader.LocalName is "title" or "desc")
            {
                root.Add(XNode.ReadFrom(reader));
            }
            else
            {
                reader.Skip();
            }
        }

        return root;
    }

    private static string Description(XElement root) => string.Join(
        ". ", new[] { root.Element(Svg + "title"), root.Element(Svg + "desc") }
            .Select(element => element?.Value.Trim().TrimEnd('.')).Where(text => !string.IsNullOrEmpty(text)));

    // Reserves the space while the file loads, and sizes the live chart that replaces it.
    private static string Size(string svg) =>
        Root().Match(svg).Value is var root && Width().Match(root) is { Success: true } width && Height().Match(root) is { Success: true } height
            ? $" width=\"{width.Groups[1].Value}\" height=\"{height.Groups[1].Value}\"" : "";

    private static XmlReader Reader(string svg) =>
        XmlReader.Create(new StringReader(svg), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });

    [GeneratedRegex(@"<svg\b[^>]*")]
    private static partial Regex Root();

    [GeneratedRegex("""\swidth="(\d+)(?:\.\d+)?(?:px)?["]""")]
    private static partial Regex Width();

    [GeneratedRegex("""\sheight="(\d+)(?:\.\d+)?(?:px)?["]""")]
    private static partial Regex Height();
}
