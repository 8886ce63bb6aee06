using AngleSharp.Dom;

namespace DeepNotes.Notebooks.Tests.Book;

/// <summary>Finds active content in a page that is not from the page template.</summary>
internal static class HostilePage
{
    private static readonly string[] Elements =
        ["script", "iframe", "object", "embed", "base", "meta", "link", "style", "form", "frame", "applet", "foreignobject", "animate", "set"];

    private static readonly string[] Addresses = ["href", "src", "poster", "action", "formaction", "data", "xlink:href", "srcset"];

    public static IReadOnlyList<string> Dangers(IParentNode page) =>
    [
        .. page.QuerySelectorAll("*").Where(element => Elements.Contains(element.LocalName.ToLowerInvariant()) && element.GetAttribute("type") != "application/json")
            .Select(element => element.OuterHtml),
        .. from element in page.QuerySelectorAll("*")
           from attribute in element.Attributes
           where attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Name is "srcdoc" or "name"
               || (Addresses.Contains(attribute.Name) && System.Text.RegularExpressions.Regex.IsMatch(
                   string.Concat(attribute.Value.Where(character => !char.IsWhiteSpace(character) && !char.IsControl(character))), "^(?:javascript|vbscript|data:text)"))
           select element.OuterHtml,
    ];
}
