using System.Net;
using DeepNotes.Notebooks.Execution;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Converts strings to HTML.</summary>
public static class Html
{
    /// <summary>Treats the text as HTML, without encoding.</summary>
    public static HtmlText ToHtmlContent(this string value) => new(value);

    /// <summary>Encodes the text as HTML.</summary>
    public static HtmlText HtmlEncode(this string content) => new(WebUtility.HtmlEncode(content));
}
