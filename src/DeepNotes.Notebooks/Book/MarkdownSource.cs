using System.Text;
using System.Text.RegularExpressions;

namespace DeepNotes.Notebooks.Book;

/// <summary>
/// Preprocesses notebook syntax beyond CommonMark: quoted figures, and collapsible boxes with Markdown inside.
/// </summary>
internal static partial class MarkdownSource
{
    /// <summary>Converts the text for a CommonMark parser. Fenced code is not changed.</summary>
    /// <param name="source">A Markdown cell's source.</param>
    /// <param name="renderInline">Renders the Markdown of a box's summary line.</param>
    public static string Prepare(string source, Func<string, string> renderInline)
    {
        var result = new StringBuilder();
        var prose = new StringBuilder();
        string? fence = null;
        foreach (var line in source.Split('\n'))
        {
            var mark = FenceMark().Match(line).Groups[1].Value;
            if (fence is null && mark.Length > 0)
            {
                result.Append(PrepareProse(prose.ToString(), renderInline));
                prose.Clear();
                fence = mark;
                result.Append(line).Append('\n');
            }
            else if (fence is not null)
            {
                result.Append(line).Append('\n');
                fence = mark.StartsWith(fence, StringComparison.Ordinal) && line.Trim() == mark ? null : fence;
            }
            else
            {
                prose.Append(line).Append('\n');
            }
        }

        return result.Append(PrepareProse(prose.ToString(), renderInline)).ToString();
    }

    private static string PrepareProse(string text, Func<string, string> renderInline)
    {
        text = QuotedFigure().Replace(text, "$1");
        text = Summary().Replace(text, match => $"{match.Groups[1].Value}{renderInline(match.Groups[2].Value.Trim())}</summary>");

        // CommonMark ends an HTML block at an empty line: with one after each tag the inside is Markdown again.
        return BoxEdge().Replace(text, match => $"\n\n{match.Value.Trim()}\n\n");
    }

    [GeneratedRegex(@"^ {0,3}(`{3,}|~{3,})")]
    private static partial Regex FenceMark();

    [GeneratedRegex("<!--=.*?-->(.*?)<!--/-->", RegexOptions.Singleline)]
    private static partial Regex QuotedFigure();

    [GeneratedRegex("(<summary[^>]*>)(.*?)</summary>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Summary();

    [GeneratedRegex(@"[ \t]*(<details[^>]*>\s*<summary[^>]*>.*?</summary>|<details[^>]*>|</details>)[ \t]*", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex BoxEdge();
}
