using System.Net;
using DeepNotes.Notebooks.Execution;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Strings as HTML.</summary>
public static class Html
{
    /// <summary>The text as HTML that is shown as it is.</summary>
    public static HtmlText ToHtmlContent(this string value) => new(value);

    /// <summary>HTML that shows the text itself.</summary>
    public static HtmlText HtmlEncode(this string content) => new(WebUtility.HtmlEncode(content));
}
