using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Book;

/// <summary>
/// Extracts figures from HTML that draws them by a script, as Plotly.NET, XPlot and Python's plotly write it: such HTML
/// loads plotly.js from the network, whereas the book draws the extracted figure with its own copy.
/// </summary>
internal static partial class PlotlyHtml
{
    /// <returns>Data and layout; null where the HTML contains no figure, several, or other visible text.</returns>
    public static JsonObject? Read(string html)
    {
        if (!html.Contains("Plotly.", StringComparison.Ordinal))
        {
            return null;
        }

        html = Frame().Match(html) is { Success: true } frame ? WebUtility.HtmlDecode(frame.Groups["page"].Value) : html;
        return Call().Matches(html).Select(call => Figure(html, call)).OfType<JsonObject>().ToList() is [var figure]
            && string.IsNullOrWhiteSpace(Html.PlainText(Unread().Replace(html, ""))) ? figure : null;
    }

    public static bool NeedsNetwork(string html) => RemoteScript().IsMatch(html);

    private static JsonObject? Figure(string html, Match call)
    {
        var position = call.Index + call.Length;
        if (Argument(html, call.Index, ref position) is not JsonArray data)
        {
            return null;
        }

        position += html.AsSpan(position).IndexOfAnyExcept(" ,\t\r\n") is > 0 and var skipped ? skipped : 0;
        return new JsonObject { ["data"] = data, ["layout"] = Argument(html, call.Index, ref position) as JsonObject ?? [] };
    }

    // A literal, or the name of a variable that was assigned one.
    private static JsonNode? Argument(string html, int call, ref int position)
    {
        var name = Name().Match(html, position);
        if (!name.Success)
        {
            return Value(html, ref position);
        }

        position += name.Length;
        var assigned = Regex.Matches(html[..call], $@"\b(?:var|let|const)\s+{Regex.Escape(name.Value)}\s*=\s*").LastOrDefault();
        var start = assigned is null ? call : assigned.Index + assigned.Length;
        return Value(html, ref start);
    }

    private static JsonNode? Value(string html, ref int position)
    {
        var text = Encoding.UTF8.GetBytes(html[position..]);
        var reader = new Utf8JsonReader(text, isFinalBlock: false, default);
        try
        {
            if (!JsonDocument.TryParseValue(ref reader, out var document))
            {
                return null;
            }

            using (document)
            {
                var json = text[..(int)reader.BytesConsumed];
                position += Encoding.UTF8.GetCharCount(json);
                return JsonSource.Parse(json).ToNode();
            }
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex("""^\s*<iframe\s[^>]*?srcdoc="(?<page>[^"]*)"[^>]*>\s*(?:</iframe>)?\s*$""")]
    private static partial Regex Frame();

    [GeneratedRegex("""\bPlotly\.(?:newPlot|plot|react)\(\s*(?:'[^']*'|"[^"]*"|[\w.$]+(?:\([^()]*\))?)\s*,\s*""")]
    private static partial Regex Call();

    [GeneratedRegex(@"\G[A-Za-z_$][\w$]*")]
    private static partial Regex Name();

    // The invisible parts of a page.
    [GeneratedRegex("<!--.*?-->|<(?<tag>head|script|style)\\b.*?</\\k<tag>\\s*>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Unread();

    [GeneratedRegex("""<script\b[^>]*\ssrc\s*=\s*["']?(?:https?:)?//|\brequire(?:js)?\.config\(""", RegexOptions.IgnoreCase)]
    private static partial Regex RemoteScript();
}
