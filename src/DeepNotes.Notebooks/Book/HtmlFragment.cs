using AngleSharp.Html.Parser;

namespace DeepNotes.Notebooks.Book;

/// <summary>
/// HTML of a notebook that stands in a page. As in Jupyter it ends where its cell ends: what it leaves open is closed, and
/// what it closes without having opened it is left out. A comment without an end would hide the rest of the page.
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
