using AngleSharp.Html.Parser;

namespace DeepNotes.Notebooks.Book;

/// HTML of a notebook inside a page. As in Jupyter it ends where its cell ends: unclosed elements are closed, and stray end
/// tags are removed. An unterminated comment would otherwise hide the rest of the page.
/// </summary>
internal static class HtmlFragment
{
    /// <param name="html">Read as a browser reads it: nothing of it is refused.</param>
    public static string Whole(string html)
    {
        var box = new HtmlParser().ParseDocument("").CreateElement("div");
        box.InnerHtml = html;
        return box.InnerHtml;
    }
}
