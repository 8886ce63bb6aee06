using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Book;

/// <summary>HTML escaping, stripping and templates.</summary>
internal static partial class Html
{
    /// <summary>JSON in a script element: keeps Chinese readable and escapes "<", so that no text can close the element.</summary>
    public static JsonSerializerOptions InScript { get; } = new() { MaxDepth = JsonSource.MaxDepth, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>The text without its tags, for titles and labels.</summary>
    public static string PlainText(string html) => WebUtility.HtmlDecode(Tag().Replace(html, ""));

    /// <summary>Inline HTML without links, for use inside a link.</summary>
    public static string WithoutLinks(string html) => LinkTag().Replace(html, "");

    /// <summary>Fills a template's {{names}}.</summary>
    public static string Fill(string template, IReadOnlyDictionary<string, string> values) =>
        Placeholder().Replace(template, match => values[match.Groups[1].Value]);

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("</?a\\b[^>]*>|<sup.*?</sup>", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex LinkTag();

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Placeholder();
}
