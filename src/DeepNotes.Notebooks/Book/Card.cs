using System.Text.RegularExpressions;

namespace DeepNotes.Notebooks.Book;

/// <summary>A question of the interviews with its short answers, as HTML. The questions page is made of these and of nothing else.</summary>
/// <param name="Id">The question's id in the list of topics.</param>
/// <param name="Level">"basic", "intermediate" or "advanced"; empty where the cell does not say.</param>
/// <param name="Anchor">The card's id in the page of its chapter.</param>
/// <param name="Question">The cell's heading, inline HTML.</param>
/// <param name="Original">The question in Chinese, inline HTML; empty where there is none.</param>
/// <param name="Answer">"In 30 seconds": what stands between the question and the first folded part.</param>
/// <param name="ChineseAnswer">The content of the part that is folded under "30 秒".</param>
/// <param name="Proof">The id of the cell that proves it, in the same page; null where there is none.</param>
internal sealed partial record Card(
    string Id, string Level, string Anchor, string Question, string Original, string Answer, string ChineseAnswer, string? Proof)
{
    /// <summary>The parts of a card's cell below its heading: Chinese original, answer, and folded parts.</summary>
    /// <param name="question">The heading's text.</param>
    public static Card Read(string html, string question, string id, string level, string anchor, string? proof)
    {
        var rest = BelowHeading(html);
        var original = ChineseParagraph().Match(rest);
        var fold = rest.IndexOf("<details", StringComparison.OrdinalIgnoreCase);
        var open = (fold < 0 ? rest : rest[..fold])[(original.Index + original.Length)..];
        return new Card(
            id, level, anchor, question, original.Groups["text"].Value,
            open.Trim(), ChineseFold().Match(rest).Groups["text"].Value.Trim(), proof);
    }

    /// <summary>The card's cell in its chapter: the way to its proof below the answer, and the folded parts side by side.</summary>
    public string InChapter(string html)
    {
        var link = Proof is null ? "" : $"<p class=\"card-proof\"><a href=\"#{Html.Escape(Proof)}\"><span class=\"tick\" aria-hidden=\"true\">✓</span> Proved in this chapter</a></p>\n";
        var fold = html.IndexOf("<details", StringComparison.OrdinalIgnoreCase);
        var (open, folded) = fold < 0 ? (html, "") : (html[..fold], $"<div class=\"folds\">\n{html[fold..]}\n</div>");
        return $"<div class=\"card\" id=\"{Html.Escape(Anchor)}\">\n{open}{link}{folded}\n</div>";
    }

    /// <summary>A card's cell without its heading.</summary>
    public static string BelowHeading(string html) => Heading().Replace(html, "", 1);

    [GeneratedRegex(@"<h(?<level>[1-6])\b.*?</h\k<level>>\s*", RegexOptions.Singleline)]
    private static partial Regex Heading();

    [GeneratedRegex("""^\s*<p><span lang="zh[^"]*">(?<text>.*?)</span></p>\s*""", RegexOptions.Singleline)]
    private static partial Regex ChineseParagraph();

    [GeneratedRegex(@"<details[^>]*>\s*<summary>\s*30 秒\s*</summary>(?<text>.*?)</details>", RegexOptions.Singleline)]
    private static partial Regex ChineseFold();
}
