using System.Text.RegularExpressions;

namespace DeepNotes.Notebooks.Book;

/// <summary>An interview question with its short answers, as HTML; the questions page consists of these.</summary>
/// <param name="Id">The question's id in the list of topics.</param>
/// <param name="Level">"basic", "intermediate" or "advanced"; empty where none is given.</param>
/// <param name="Anchor">The card's id in its chapter's page.</param>
/// <param name="Question">The cell's heading, inline HTML.</param>
/// <param name="Original">The question in Chinese, inline HTML; empty where there is none.</param>
/// <param name="Answer">"In 30 seconds": the text between the question and the first collapsible part.</param>
/// <param name="ChineseAnswer">The content of the collapsible part with the summary "30 秒".</param>
/// <param name="Proof">The id of the cell that proves it, in the same page; null where there is none.</param>
internal sealed partial record Card(
    string Id, string Level, string Anchor, string Question, string Original, string Answer, string ChineseAnswer, string? Proof)
{
    /// <summary>Splits a card's cell below its heading into Chinese original, answer, and collapsible parts.</summary>
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

    /// <summary>The card's cell in its chapter: a link to its proof below the answer, and the collapsible parts side by side.</summary>
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
