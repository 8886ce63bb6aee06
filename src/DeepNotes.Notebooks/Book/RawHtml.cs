using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace DeepNotes.Notebooks.Book;

/// <summary>
/// Sanitises HTML in prose. As in Jupyter, only elements and attributes that cannot run code are kept; every tag is
/// re-serialised, so that a browser parses exactly what was checked. HtmlSanitizer is not used because it needs complete
/// elements, whereas Markdown yields single tags with Markdown between them; AngleSharp completes the resulting HTML of a cell.
/// </summary>
internal static partial class RawHtml
{
    private static readonly FrozenSet<string> Elements = Words("""
        a abbr acronym address area article aside audio b bdi bdo big blockquote br caption center cite code col colgroup dd del
        details dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd label li
        map mark nav nobr ol p picture pre progress q rp rt ruby s samp small source span strike strong sub summary sup table tbody td
        tfoot th thead time tr track tt u ul var video wbr
        """);

    // Removed together with their content, which is not HTML or a separate document.
    private static readonly FrozenSet<string> WithContent = Words(
        "applet canvas iframe math noembed noframes noscript object plaintext script select style svg template textarea title xmp");

    // Not "name": an image of the name "currentScript" would shadow document.currentScript.
    private static readonly FrozenSet<string> Attributes = Words("""
        abbr align alt aria-describedby aria-hidden aria-label aria-labelledby autoplay border cellpadding cellspacing cite class clear color
        cols colspan controls coords datetime default dir download face headers height hidden href hspace id kind lang loading loop max media
        muted open poster rel reversed role rows rowspan scope shape size sizes span src srclang srcset start style summary tabindex
        target title type usemap valign value vspace width
        """);

    private static readonly string[] QuoteForms = ["double", "single", "bare"];

    private static readonly FrozenSet<string> Addresses = Words("cite href poster src");

    /// <param name="html">HTML as written.</param>
    /// <param name="rewrite">Called with each start tag before it is sanitised; returns replacement text, or null to keep the tag.</param>
    public static string Clean(string html, Func<HtmlTag, string?>? rewrite = null) => Token().Replace(WithoutHidden(html), token =>
    {
        if (token.Groups["end"].Success)
        {
            var name = token.Groups["end"].Value.ToLowerInvariant();
            return Elements.Contains(name) ? $"</{name}>" : "";
        }

        return token.Groups["start"].Success ? Start(Tag(token), rewrite) : token.Groups["comment"].Success ? "" : "&lt;";
    });

    /// <summary>Replaces start tags and keeps everything else: for unrestricted HTML.</summary>
    public static string Rewrite(string html, Func<HtmlTag, string?> rewrite) => Token().Replace(html, token =>
        token.Groups["start"].Success && rewrite(Tag(token)) is { } text ? text : token.Value);

    /// <summary>The elements that <see cref="Clean"/> removes.</summary>
    public static IReadOnlyList<string> RemovedElements(string html) =>
        [.. Token().Matches(html).Where(token => token.Groups["start"].Success)
            .Select(token => token.Groups["start"].Value.ToLowerInvariant()).Where(name => !Elements.Contains(name)).Distinct()];

    private static string Start(HtmlTag tag, Func<HtmlTag, string?>? rewrite)
    {
        if (!Elements.Contains(tag.Name))
        {
            return "";
        }

        if (rewrite?.Invoke(tag) is { } text)
        {
            return text;
        }

        tag.Keep((name, value) => Attributes.Contains(name)
            && (!Addresses.Contains(name) || Address.IsSafe(value ?? ""))
            && (name != "srcset" || SourceSet(value ?? "").All(Address.IsSafe)));
        return tag.ToString();
    }

    /// <summary>The addresses of a srcset attribute.</summary>
    public static IEnumerable<string> SourceSet(string value) =>
        value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(part => part.Split(' ')[0]);

    private static HtmlTag Tag(Match token) => new(
        token.Groups["start"].Value.ToLowerInvariant(),
        Attribute().Matches(token.Groups["attributes"].Value).Select(attribute => HtmlTag.Attribute(
            attribute.Groups["name"].Value,
            QuoteForms.Select(form => attribute.Groups[form]).FirstOrDefault(form => form.Success)?.Value)));

    // Removes each such element up to its end tag; an unclosed element is left to the pass over the tags.
    private static string WithoutHidden(string html)
    {
        var kept = new StringBuilder();
        var position = 0;
        foreach (Match token in Token().Matches(html))
        {
            var name = token.Groups["start"].Value.ToLowerInvariant();
            if (token.Index < position || !WithContent.Contains(name))
            {
                continue;
            }

            var end = html.IndexOf($"</{name}", token.Index, StringComparison.OrdinalIgnoreCase);
            var close = end < 0 ? -1 : html.IndexOf('>', end);
            if (close < 0)
            {
                break;
            }

            kept.Append(html, position, token.Index - position);
            position = close + 1;
        }

        return kept.Append(html, position, html.Length - position).ToString();
    }

    private static FrozenSet<string> Words(string words) =>
        words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    // A comment, a tag, or any other "<", which could begin a tag once the one after it is removed.
    [GeneratedRegex("""
        <!--(?<comment>(?s:.)*?)-->|</(?<end>[a-z][a-z0-9-]*)\s*>|<(?<start>[a-z][a-z0-9-]*)(?<attributes>(?>(?:[\s/]+(?:[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>`]+))?)?)*))>|<
        """, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    [GeneratedRegex("""(?<name>[^\s"'<>/=]+)(?:\s*=\s*(?:"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<bare>[^\s"'<>`]+)))?""")]
    private static partial Regex Attribute();
}
