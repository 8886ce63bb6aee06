using System.Collections;
using System.Net;
using Microsoft.DotNet.Interactive.Formatting;

namespace DeepNotes.Interactive;

/// <summary>Sequences of records, anonymous objects or tuples as one table, instead of a tree for each of them.</summary>
internal static class TableFormatters
{
    public static void Register()
    {
        Register(HtmlFormatter.MimeType, Html);
        Register(PlainTextFormatter.MimeType, PlainText);
        Formatter.SetPreferredMimeTypesFor(typeof(IEnumerable), HtmlFormatter.MimeType, PlainTextFormatter.MimeType);
        Formatter.SetPreferredMimeTypesFor(typeof(string), PlainTextFormatter.MimeType);
    }

    private static void Register(string mimeType, Action<Rows, TextWriter> write) =>
        Formatter.Register<IEnumerable>((items, context) => Write(items, context, mimeType, write), mimeType);

    private static bool Write(IEnumerable? items, FormatContext context, string mimeType, Action<Rows, TextWriter> write)
    {
        if (items is null)
        {
            // A null item of another sequence.
            context.Writer.Write(mimeType == HtmlFormatter.MimeType ? WebUtility.HtmlEncode(Formatter.NullString) : Formatter.NullString);
            return true;
        }

        if (items is string || Rows.Of(items) is not { } rows)
        {
            // If a formatter returns false, the host shows nothing and tries no other formatter, so it is called here.
            return HostFormatter(items.GetType(), mimeType)?.Format(items, context) ?? false;
        }

        write(rows, context.Writer);
        return true;
    }

    /// <summary>The formatter that the host would use without ours: that of the most specific type.</summary>
    private static ITypeFormatter? HostFormatter(Type type, string mimeType)
    {
        ITypeFormatter[] fitting =
        [
            .. Formatter.RegisteredFormatters(includeDefaults: true)
                .Where(one => one.MimeType == mimeType && one.Type != typeof(IEnumerable) && one.Type.IsAssignableFrom(type)),
        ];
        return fitting.FirstOrDefault(one => fitting.All(other => other.Type == one.Type || !one.Type.IsAssignableFrom(other.Type)))
            ?? Formatter.RegisteredFormatters(includeDefaults: true).LastOrDefault(one => one.MimeType == mimeType && one.Type == typeof(IEnumerable));
    }

    private static void Html(Rows rows, TextWriter writer)
    {
        void Row(string tag, IEnumerable<string> cells) =>
            writer.Write($"<tr>{string.Concat(cells.Select(cell => $"<{tag}>{WebUtility.HtmlEncode(cell)}</{tag}>"))}</tr>");

        writer.Write("<table><thead>");
        Row("th", rows.Columns);
        writer.Write("</thead><tbody>");
        foreach (var cells in rows.Cells)
        {
            Row("td", cells);
        }

        writer.Write("</tbody></table>");
        if (rows.HasMore)
        {
            writer.Write("<p>… more rows</p>");
        }
    }

    private static void PlainText(Rows rows, TextWriter writer)
    {
        int[] widths = [.. rows.Columns.Select((column, i) => rows.Cells.Max(cells => cells[i].Length) is var widest ? Math.Max(column.Length, widest) : 0)];
        foreach (var cells in rows.Cells.Prepend(rows.Columns))
        {
            writer.Write(string.Join("  ", cells.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
            writer.Write('\n');
        }

        writer.Write(rows.HasMore ? "… more rows\n" : "");
    }
}
