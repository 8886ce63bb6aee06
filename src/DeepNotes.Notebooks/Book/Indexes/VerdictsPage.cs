using System.Text;

namespace DeepNotes.Notebooks.Book;

/// <summary>The sources' claims by chapter, each with its ruling, the reason, and a link to the test.</summary>
internal static class VerdictsPage
{
    public const string File = "verdicts.html";

    private static readonly (string Ruling, string Name)[] Rulings =
        [("right", "right"), ("condition", "right, with a condition left out"), ("imprecise", "imprecise"), ("wrong", "wrong")];

    public static IndexPage? Make(IReadOnlyList<Topic> claims, TopicPlaces places)
    {
        if (claims.Count == 0)
        {
            return null;
        }

        var body = new StringBuilder();
        foreach (var chapter in claims.GroupBy(claim => claim.Chapter).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            body.Append($"<section class=\"topics\">\n{IndexPage.ChapterHeading(chapter.Key, places)}\n")
                .AppendJoin("", chapter.Select(claim => Claim(claim, places.Proofs(claim), places.Chapter(chapter.Key) is not null)))
                .Append("</section>\n");
        }

        var counts = Rulings.Select(ruling => (ruling.Ruling, Count: claims.Count(claim => Ruling(claim, places.Proofs(claim)) == ruling.Ruling)));
        var tried = claims.Count(claim => places.Proofs(claim).Count > 0);
        var facts = string.Concat(counts.Select(count => $"<span>{Tag(count.Ruling)} {count.Count}</span>")) + $"<span>{tried} of {claims.Count} tried in a chapter so far</span>";
        return new IndexPage(
            File, "Verdicts", "Claims on trial", "What the source texts claim: what is right, what lacks a condition, what is imprecise or wrong.",
            IndexPage.Frame(
                "Claims on trial",
                "What the source texts say, in their own words, and what a derivation or a run makes of it: most of it is right. "
                + "Where no chapter has tried a claim yet, the ruling is a first finding, and the text is grey.",
                facts, body.ToString()),
            [.. claims.Select(claim => new SearchEntry(claim.Anchor, claim.Original, $"{claim.English} {claim.Correction}", "verdict"))]);
    }

    private static string Claim(Topic claim, IReadOnlyList<TopicPlace> trials, bool hasChapter)
    {
        var links = trials.Select(place =>
            $"<a href=\"{Html.Escape(place.Address)}\"><span class=\"tick\" aria-hidden=\"true\">✓</span> Trial in chapter {Html.Escape(place.Chapter.Number)}</a>");
        var where = trials.Count > 0 ? string.Join(' ', links) : hasChapter ? "not tried in the chapter yet" : "";
        return $"""
            <article class="deepnotes-verdict deepnotes-verdict-{Html.Escape(Ruling(claim, trials))}{(trials.Count == 0 ? " unwritten" : "")}" id="{Html.Escape(claim.Anchor)}">
            {Shown(trials)?.Html ?? Listed(claim)}
            {(where.Length == 0 ? "" : $"<p class=\"places\">{where}</p>\n")}</article>

            """;
    }

    // The same markup as the library's box, from the list.
    private static string Listed(Topic claim)
    {
        return $"""
            <p>{Tag(claim.Ruling)} <q class="deepnotes-verdict-words" lang="zh">{Html.Escape(claim.Original)}</q>
            <cite>{string.Join("; ", claim.Source.Split("; ").Select(Place))}</cite></p>
            <p class="deepnotes-verdict-paraphrase">{Html.Escape(claim.English)}</p>
            <p class="deepnotes-verdict-correction">{Html.Escape(claim.Correction)}</p>
            """;
    }

    // "003:67" is line 67 of source 003.
    private static string Place(string source)
    {
        var parts = source.Split(':', 2);
        return $"source {Html.Escape(parts[0])}{(parts.Length > 1 ? $", line {Html.Escape(parts[1])}" : "")}";
    }

    /// <summary>The ruling that a cell displayed, or else the preliminary one of the list.</summary>
    private static string Ruling(Topic claim, IReadOnlyList<TopicPlace> trials) => Shown(trials)?.Ruling ?? claim.Ruling;

    private static ShownVerdict? Shown(IReadOnlyList<TopicPlace> trials) =>
        trials.Select(trial => trial.Verdict).FirstOrDefault(verdict => verdict is not null);

    private static string Tag(string ruling) =>
        $"<span class=\"deepnotes-verdict-ruling {Html.Escape(ruling)}\">{Html.Escape(Rulings.FirstOrDefault(known => known.Ruling == ruling).Name ?? ruling)}</span>";
}
