using System.Text;

namespace DeepNotes.Notebooks.Book;

/// <summary>For authors: every topic by chapter, with the cells that cover it. Not linked from the navigation.</summary>
internal static class CoveragePage
{
    public const string File = "coverage.html";

    // The list's entry for a question that does not come from the sources.
    private const string NotInSources = "-";

    public static IndexPage? Make(IReadOnlyList<Topic> topics, TopicPlaces places)
    {
        if (topics.Count == 0)
        {
            return null;
        }

        var body = new StringBuilder();
        foreach (var chapter in topics.GroupBy(topic => topic.Chapter).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            body.Append($"<section class=\"topics\">\n{IndexPage.ChapterHeading(chapter.Key, places)}\n<ul class=\"topic-list\">\n")
                .AppendJoin("", chapter.Select(topic => Line(topic, places)))
                .Append("</ul>\n</section>\n");
        }

        var facts = string.Concat(Enum.GetValues<TopicKind>().Select(kind => Fact(kind, [.. topics.Where(topic => topic.Kind == kind)], places)));
        return new IndexPage(
            File, null, "Coverage", "What the chapters cover of the list of topics.",
            IndexPage.Frame("Coverage", "What the sources ask, claim and have lost, and the cells that answer, test and restore it.", facts, body.ToString()), []);
    }

    private static string Fact(TopicKind kind, List<Topic> topics, TopicPlaces places) =>
        topics.Count == 0 ? "" : $"<span>{topics.Count(topic => places.Proofs(topic).Count > 0)} of {topics.Count} {Plural(kind)}</span>";

    private static string Plural(TopicKind kind) => kind switch
    {
        TopicKind.Question => "questions answered",
        TopicKind.Claim => "claims tried",
        _ => "lost figures and formulas restored",
    };

    private static string Line(Topic topic, TopicPlaces places)
    {
        var links = places.Cards(topic).Select(place => $"<a href=\"{Html.Escape(place.Address)}\">Card</a>")
            .Concat(places.Proofs(topic).Select(place =>
                $"<a href=\"{Html.Escape(place.Address)}\"><span class=\"tick\" aria-hidden=\"true\">✓</span> {Html.Escape(place.Chapter.Name)}</a>"))
            .ToList();
        return $"<li id=\"{Html.Escape(topic.Anchor)}\"{(links.Count > 0 ? "" : " class=\"unwritten\"")}>\n<span class=\"topic-id\">{Html.Escape(topic.Id)}</span>\n<div>\n"
            + (topic.Original == NotInSources ? "" : $"<p class=\"original\" lang=\"zh\">{Html.Escape(topic.Original)}</p>\n")
            + $"<p>{Html.Escape(topic.English)}</p>\n"
            + (links.Count > 0 ? $"<p class=\"places\">{string.Join(' ', links)}</p>\n" : "") + "</div>\n</li>\n";
    }
}
