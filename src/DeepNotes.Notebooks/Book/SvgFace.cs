using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace DeepNotes.Notebooks.Book;

/// <summary>
/// An SVG figure inside a page: its ids made the page's own, its size left to the style sheet. A drawing that holds more
/// than shapes and text stands in the page as an image, where nothing in it runs and its style sheet ends with it.
/// </summary>
internal static partial class SvgFace
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly FrozenSet<string> Shapes = new[]
    {
        "svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan",
        "textPath", "clipPath", "mask", "pattern", "marker", "linearGradient", "radialGradient", "stop", "symbol", "use", "image",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Inline SVG; where the text is not well-formed or holds more than shapes, an image of it.</summary>
    /// <param name="svg">The drawing.</param>
    /// <param name="idPrefix">Begins every id inside.</param>
    /// <param name="ids">The page's ids.</param>
    public static string Render(string svg, string idPrefix, PageIds ids)
    {
        if (Parse(svg) is not { } root || !root.DescendantsAndSelf().All(IsShape))
        {
            return OfFile(svg, $"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(svg))}");
        }

        var own = root.DescendantsAndSelf().Attributes("id").Select(attribute => attribute.Value).Distinct()
            .ToDictionary(id => id, id => ids.Claim(idPrefix + id));
        foreach (var attribute in root.DescendantsAndSelf().Attributes().Where(attribute => !attribute.IsNamespaceDeclaration).ToList())
        {
            attribute.Value = attribute.Name.LocalName switch
            {
                "id" => Own(attribute.Value),
                "aria-labelledby" or "aria-describedby" => string.Join(' ', attribute.Value.Split(' ').Select(Own)),
                "href" when attribute.Value.StartsWith('#') => $"#{Own(attribute.Value[1..])}",
                _ => Reference().Replace(attribute.Value, match => $"url(#{Own(match.Groups[1].Value)})"),
            };
        }

        if (root.Attribute("viewBox") is null && Size(root) is var (width, height))
        {
            root.SetAttributeValue("viewBox", $"0 0 {width} {height}");
        }

        root.SetAttributeValue("role", "img");
        if (root.Attribute("aria-labelledby") is null && Description(root) is { Length: > 0 } description)
        {
            root.SetAttributeValue("aria-label", description);
        }

        return root.ToString(SaveOptions.DisableFormatting);

        string Own(string id) => own.GetValueOrDefault(id, idPrefix + id);
    }

    /// <summary>An image of a drawing that stands elsewhere.</summary>
    public static string OfFile(string svg, string address) =>
        $"<img alt=\"{Html.Escape(Description(svg) is { Length: > 0 } known ? known : "Figure")}\" src=\"{address}\">";

    private static bool IsShape(XElement element) =>
        (element.Name.Namespace == Svg || element.Name.Namespace == XNamespace.None) && Shapes.Contains(element.Name.LocalName)
        && element.Attributes().All(attribute => !attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase)
            && (!attribute.Name.LocalName.Equals("href", StringComparison.OrdinalIgnoreCase) || attribute.Value.StartsWith('#')
                || (element.Name.LocalName == "image" && Address.SchemeOf(attribute.Value) == "data" && Address.IsSafe(attribute.Value))));

    /// <summary>Title and description, the figure's alternative text.</summary>
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

    // The root with its title and description alone: a drawing may be large.
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

    private static (string Width, string Height)? Size(XElement root) =>
        root.Attribute("width")?.Value is { } width && root.Attribute("height")?.Value is { } height
        && width.All(IsNumber) && height.All(IsNumber) ? (width, height) : null;

    private static bool IsNumber(char character) => char.IsAsciiDigit(character) || character == '.';

    private static XElement? Parse(string svg)
    {
        try
        {
            using var reader = Reader(svg);
            return XElement.Load(reader, LoadOptions.PreserveWhitespace) is { Name.LocalName: "svg" } root ? root : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static XmlReader Reader(string svg) =>
        XmlReader.Create(new StringReader(svg), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });

    [GeneratedRegex(@"url\(#([^)]+)\)")]
    private static partial Regex Reference();
}
