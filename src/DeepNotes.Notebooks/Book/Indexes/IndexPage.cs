namespace DeepNotes.Notebooks.Book;

/// <summary>A page made from lists instead of a notebook.</summary>
/// <param name="Label">Its label in the navigation; null where it is not linked.</param>
/// <param name="Main">The HTML of the page's main element.</param>
internal sealed record IndexPage(
    string Address, string? Label, string Title, string Description, string Main, IReadOnlyList<SearchEntry> Entries)
{
    /// <summary>The pages for which the folder contains a list.</summary>
    public static IReadOnlyList<IndexPage> All(string? listsFolder, IReadOnlyList<Topic> topics, IReadOnlyList<Chapter> chapters)
    {
        if (listsFolder is null)
        {
            return [];
        }

        var places = new TopicPlaces(chapters);
        IndexPage?[] pages =
        [
            QuestionsPage.Make(chapters),
            VerdictsPage.Make([.. topics.Where(topic => topic.Kind == TopicKind.Claim)], places),
            NotationPage.Make(Path.Combine(listsFolder, "notation.tsv")),
            GlossaryPage.Make(Path.Combine(listsFolder, "glossary.tsv"), places),
            CoveragePage.Make(topics, places),
        ];
        return [.. pages.OfType<IndexPage>()];
    }

    /// <summary>The layout shared by these pages.</summary>
    public static string Frame(string title, string lead, string facts, string body) => $"""
        <main id="content" class="index">
        <header class="chapter-head">
        <h1>{Html.Escape(title)}</h1>
        <p class="subtitle">{lead}</p>
        {(facts.Length == 0 ? "" : $"<p class=\"facts\">{facts}</p>")}
        </header>
        {body}</main>
        """;

    /// <summary>"02 Activations" as a link to the chapter.</summary>
    public static string ChapterHeading(Chapter chapter) =>
        $"<h2 id=\"chapter-{Html.Escape(chapter.Number)}\"><span class=\"number\">{Html.Escape(chapter.Number)}</span> <a href=\"{chapter.Address}\">{Html.WithoutLinks(chapter.Title)}</a></h2>";

    /// <summary>The same by number, greyed out when the chapter is not in the book.</summary>
    public static string ChapterHeading(string number, TopicPlaces places) => places.Chapter(number) is { } chapter
        ? ChapterHeading(chapter)
        : $"<h2 id=\"chapter-{Html.Escape(number)}\" class=\"unwritten\">Chapter {Html.Escape(number)} <small>not written yet</small></h2>";
}
