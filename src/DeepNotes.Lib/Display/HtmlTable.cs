using System.Net;
using System.Text;

namespace DeepNotes;

/// <summary>Rows of text as an HTML table, styled by the page that shows it.</summary>
internal static class HtmlTable
{
    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    public static string Write(string cssClass, IEnumerable<string> header, IEnumerable<IEnumerable<string>> rows, string caption = "")
    {
        var html = new StringBuilder($"<table class=\"{cssClass}\">");
        if (caption.Length > 0)
        {
            // Hosts without our style sheet would wrap the caption at the width of a narrow table.
            html.Append($"<caption style=\"white-space:nowrap\">{Escape(caption)}</caption>");
        }

        AppendRow(html.Append("<thead>"), "th", header);
        html.Append("</thead><tbody>");
        foreach (var row in rows)
        {
            AppendRow(html, "td", row);
        }

        return html.Append("</tbody></table>").ToString();
    }

    private static void AppendRow(StringBuilder html, string tag, IEnumerable<string> cells)
    {
        html.Append("<tr>");
        foreach (var cell in cells)
        {
            html.Append($"<{tag}>{Escape(cell)}</{tag}>");
        }

        html.Append("</tr>");
    }
}
