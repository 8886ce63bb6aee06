using System.Text;

namespace DeepNotes.Notebooks.Book;

/// <summary>The interview questions with both short answers, from the chapters' cards.</summary>
internal static class QuestionsPage
{
    public const string File = "questions.html";

    private static readonly string[] Levels = ["basic", "intermediate", "advanced"];

    public static IndexPage? Make(IReadOnlyList<Chapter> chapters)
    {
        var asked = chapters.Where(chapter => chapter.Cards.Count > 0).ToList();
        if (asked.Count == 0)
        {
            return null;
        }

        var body = new StringBuilder(Filters(asked));
        foreach (var chapter in asked)
        {
            body.Append($"<section class=\"questions\" data-chapter=\"{Html.Escape(chapter.Name)}\">\n{IndexPage.ChapterHeading(chapter)}\n")
                .AppendJoin("", chapter.Cards.Select(card => Question(card, chapter)))
                .Append("</section>\n");
        }

        var count = asked.Sum(chapter => chapter.Cards.Count);
        return new IndexPage(
            File, "Questions", "Interview questions", "Interview questions on deep learning, answered in 30 seconds in English and Chinese.",
            IndexPage.Frame(
                "Interview questions", "Each as it is asked, with an answer for thirty seconds; picture, derivation and proof are one click away.",
                $"<span>{count} questions</span>", body.ToString()),
            []);
    }

    private static string Filters(List<Chapter> chapters)
    {
        var topics = chapters.Select(chapter => $"<option value=\"{Html.Escape(chapter.Name)}\">{Html.Escape(Html.PlainText(Formula.LeftOut(chapter.Title)))}</option>");
        var used = chapters.SelectMany(chapter => chapter.Cards).Select(card => card.Level).ToHashSet();
        var levels = Levels.Where(used.Contains).Select(level => $"<option value=\"{level}\">{level}</option>");
        return $"""
            <form class="filters">
            <label>Topic <select name="chapter"><option value="">all</option>{string.Concat(topics)}</select></label>
            <label>Level <select name="level"><option value="">all</option>{string.Concat(levels)}</select></label>
            <button type="button" class="open-all" aria-pressed="false">Open all</button>
            </form>

            """;
    }

    private static string Question(Card card, Chapter chapter)
    {
        var original = card.Original.Length == 0 ? "" : $"\n<span class=\"original\" lang=\"zh\">{card.Original}</span>";
        var chinese = card.ChineseAnswer.Length == 0 ? "" : $"<div class=\"chinese\" lang=\"zh\">\n{card.ChineseAnswer}\n</div>\n";
        var proof = card.Proof is null ? "" : $" <a href=\"{chapter.Address}#{Html.Escape(card.Proof)}\"><span class=\"tick\" aria-hidden=\"true\">✓</span> Proof</a>";
        return $"""
            <details class="question" id="question-{Html.Escape(card.Id)}" data-level="{Html.Escape(card.Level)}">
            <summary><span class="asked">{card.Question}</span>{original}</summary>
            {card.Answer}
            {chinese}<p class="places"><a href="{chapter.Address}#{Html.Escape(card.Anchor)}">Picture and derivation</a>{proof}</p>
            </details>

            """;
    }
}
