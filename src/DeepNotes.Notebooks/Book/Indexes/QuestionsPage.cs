using System.Text;

namespace DeepNotes.Notebooks.Book;

/// <summary>All interview questions by chapter, each with its card and proof; below them what the sources lost.</summary>
internal static class QuestionsPage
{
    public const string File = "questions.html";

    // What the list has in place of a question that only we ask.
    private const string NotInSources = "-";

    public static IndexPage? Make(IReadOnlyList<Topic> topics, TopicPlaces places)
    {
        var questions = topics.Where(topic => topic.Kind == TopicKind.Question).ToList();
        if (questions.Count == 0)
        {
            return null;
        }

        var body = new StringBuilder();
        foreach (var chapter in topics.GroupBy(topic => topic.Chapter).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            body.Append($"<section class=\"topics\">\n{IndexPage.ChapterHeading(chapter.Key, places)}\n");
            AppendList(body, chapter.Where(topic => topic.Kind == TopicKind.Question), places);
            AppendLost(body, [.. chapter.Where(topic => topic.Kind == TopicKind.Lost)], places);
            body.Append("</section>\n");
        }

        var answered = questions.Count(question => IsWritten(question, places));
        return new IndexPage(
            File, "Questions", "Interview questions", "All interview questions, in English and Chinese, with card and proof.",
            IndexPage.Frame(
                "Interview questions",
                "Every question as it is asked, what the answer must show, and the cell that proves it.",
                $"<span>{questions.Count} questions</span><span>{answered} proved so far</span>", body.ToString()),
            [.. topics.Select(topic => new SearchEntry(topic.Anchor, $"{topic.Id} {topic.Original}", topic.English, "question"))]);
    }

    private static void AppendLost(StringBuilder body, List<Topic> lost, TopicPlaces places)
    {
        if (lost.Count == 0)
        {
            return;
        }

        var restored = lost.Count(topic => IsWritten(topic, places));
        body.Append($"<details class=\"lost\"><summary>Figures and formulas that the sources lost: {restored} of {lost.Count} restored</summary>\n");
        AppendList(body, lost, places);
        body.Append("</details>\n");
    }

    private static void AppendList(StringBuilder body, IEnumerable<Topic> topics, TopicPlaces places)
    {
        body.Append("<ul class=\"topic-list\">\n");
        foreach (var topic in topics)
        {
            body.Append($"<li id=\"{Html.Escape(topic.Anchor)}\"{(IsWritten(topic, places) ? "" : " class=\"unwritten\"")}>\n")
                .Append($"<span class=\"topic-id\">{Html.Escape(topic.Id)}</span>\n<div>\n")
                .Append(topic.Original == NotInSources ? "" : $"<p class=\"original\" lang=\"zh\">{Html.Escape(topic.Original)}</p>\n")
                .Append($"<p>{Html.Escape(topic.English)}</p>\n{Places(topic, places)}</div>\n</li>\n");
        }

        body.Append("</ul>\n");
    }

    private static bool IsWritten(Topic topic, TopicPlaces places) =>
        places.Cards(topic).Count > 0 || places.Proofs(topic).Count > 0;

    private static string Places(Topic topic, TopicPlaces places)
    {
        var proof = topic.Kind == TopicKind.Lost ? "Restored in" : "Proof in";
        var links = places.Cards(topic).Select(place => $"<a href=\"{Html.Escape(place.Address)}\">Card</a>")
            .Concat(places.Proofs(topic).Select(place =>
                $"<a href=\"{Html.Escape(place.Address)}\"><span class=\"tick\" aria-hidden=\"true\">✓</span> {proof} {Html.Escape(place.Chapter.Name)}</a>"))
            .ToList();

        // Of a chapter that is not there its heading says so.
        return links.Count > 0 ? $"<p class=\"places\">{string.Join(' ', links)}</p>\n"
            : places.Chapter(topic.Chapter) is null ? "" : "<p class=\"places\">not written yet</p>\n";
    }
}
