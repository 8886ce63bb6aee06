namespace DeepNotes.Notebooks.Book;

/// <summary>A topic that a chapter proves.</summary>
/// <param name="Anchor">The cell's id in the page.</param>
/// <param name="Verdict">The verdict that the cell displayed; null for none.</param>
internal sealed record ProvenTopic(TopicKind Kind, string Id, string Anchor, ShownVerdict? Verdict);

/// <summary>The places in a book where topics are answered.</summary>
internal sealed class TopicPlaces(IReadOnlyList<Chapter> chapters)
{
    private readonly ILookup<(TopicKind, string), TopicPlace> _proofs = chapters
        .SelectMany(chapter => chapter.Proven.Select(topic => (topic, chapter)))
        .ToLookup(
            pair => (pair.topic.Kind, pair.topic.Id),
            pair => new TopicPlace(pair.chapter, $"{pair.chapter.Address}#{pair.topic.Anchor}", pair.topic.Verdict));

    private readonly ILookup<string, TopicPlace> _cards = chapters
        .SelectMany(chapter => chapter.Cards.Select(card => (card, chapter)))
        .ToLookup(pair => pair.card.Id, pair => new TopicPlace(pair.chapter, $"{pair.chapter.Address}#{pair.card.Anchor}", null));

    public IReadOnlyList<TopicPlace> Proofs(Topic topic) => [.. _proofs[(topic.Kind, topic.Id)]];

    public IReadOnlyList<TopicPlace> Cards(Topic topic) => topic.Kind == TopicKind.Question ? [.. _cards[topic.Id]] : [];

    /// <summary>The chapter of a number ("11b"); for one split into two notebooks ("11" for 11a and 11b) the first.</summary>
    public Chapter? Chapter(string number) => number.Length == 0
        ? null
        : chapters.FirstOrDefault(chapter => chapter.Number == number) ?? chapters.FirstOrDefault(chapter => chapter.NumberWithoutLetter == number);
}

internal sealed record TopicPlace(Chapter Chapter, string Address, ShownVerdict? Verdict);
