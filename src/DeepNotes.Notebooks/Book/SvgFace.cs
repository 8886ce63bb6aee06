using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace DeepNotes.Notebooks.Book;

/// <summary>An SVG figure inside a page: its ids made the page's own, its size left to the style sheet.</summary>
internal static partial class SvgFace
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>Inline SVG; where the text is not well-formed, an image of it.</summary>
    public static string Render(string svg, string idPrefix)
    {
        if (Parse(svg) is not { } root)
        {
            return $"<img alt=\"Figure\" src=\"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(svg))}\">";
        }

        foreach (var attribute in root.DescendantsAndSelf().Attributes().ToList())
        {
            attribute.Value = attribute.Name.LocalName switch
            {
                "id" => idPrefix + attribute.Value,
                "aria-labelledby" or "aria-describedby" => string.Join(' ', attribute.Value.Split(' ').Select(id => idPrefix + id)),
                "href" when attribute.Value.StartsWith('#') => $"#{idPrefix}{attribute.Value[1..]}",
                _ => Reference().Replace(attribute.Value, $"url(#{idPrefix}$1)"),
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
    }

    /// <summary>Title and description, the figure's alternative text.</summary>
    public static string Description(string svg) => Parse(svg) is { } root ? Description(root) : "";

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
            using var reader = XmlReader.Create(new StringReader(svg), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
            return XElement.Load(reader, LoadOptions.PreserveWhitespace) is { Name.LocalName: "svg" } root ? root : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"url\(#([^)]+)\)")]
    private static partial Regex Reference();
}
