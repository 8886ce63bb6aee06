namespace DeepNotes.Notebooks.Book;

/// <summary>The kind of a topic; ids are unique within a kind.</summary>
internal enum TopicKind
{
    Question,
    Claim,
    Lost,
}

/// <summary>A question that a chapter answers, a claim that it tests, or a lost figure or formula that it restores.</summary>
internal sealed record Topic(
    string Id, TopicKind Kind, string Chapter, string Source, string Original, string English, string Ruling, string Correction)
{
    private static readonly string[] Columns = ["id", "kind", "chapter", "source", "original", "english", "ruling", "correction"];

    /// <summary>Its id in an index page.</summary>
    public string Anchor => $"{Kind.ToString().ToLowerInvariant()}-{Id}";

    /// <exception cref="BookException">Unexpected columns, or an unknown kind.</exception>
    public static IReadOnlyList<Topic> Read(string path) => TabSeparatedFile.Read(
        path, Columns, cells => new Topic(cells[0], Parse(cells[1]), cells[2], cells[3], cells[4], cells[5], cells[6], cells[7]));

    private static TopicKind Parse(string kind) => kind switch
    {
        "question" => TopicKind.Question,
        "claim" => TopicKind.Claim,
        "lost" => TopicKind.Lost,
        _ => throw new FormatException($"expected question, claim or lost as kind, got \"{kind}\"."),
    };
}
