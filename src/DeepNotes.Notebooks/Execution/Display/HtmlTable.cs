using System.Net;
using System.Text;

namespace DeepNotes.Notebooks.Execution;

/// <summary>Formats rows as an HTML table.</summary>
internal static class HtmlTable
{
    public static string Of(IEnumerable<TableRows> tables) => string.Join('\n', tables.Select(Of));

    public static string Of(TableRows rows)
    {
        var html = new StringBuilder("<table>\n");
        if (rows.Title is { Length: > 0 } title)
        {
            html.Append("<caption>").Append(WebUtility.HtmlEncode(title)).Append("</caption>\n");
        }

        if (rows.Columns.Count > 0)
        {
            html.Append("<thead><tr>");
            foreach (var column in rows.Columns)
            {
                html.Append("<th>").Append(WebUtility.HtmlEncode(column)).Append("</th>");
            }

            html.Append("</tr></thead>\n");
        }

        html.Append("<tbody>\n");
        foreach (var cells in rows.Cells)
        {
            html.Append("<tr>");
            foreach (var cell in cells)
            {
                html.Append("<td>").Append(DisplayForms.OwnHtml(cell) ?? WebUtility.HtmlEncode(ValueText.Short(cell))).Append("</td>");
            }

            html.Append("</tr>\n");
        }

        html.Append("</tbody>\n</table>");
        return rows.OmissionNote is { } note ? html.Append("\n<p>").Append(note).Append("</p>").ToString() : html.ToString();
    }
}
