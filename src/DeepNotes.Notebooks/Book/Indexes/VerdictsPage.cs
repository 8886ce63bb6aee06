using System.Text;

namespace DeepNotes.Notebooks.Book;

/// <summary>The sources' claims by chapter, each with its ruling, the reason, and the trial.</summary>
internal static class VerdictsPage
{
    public const string File = "verdicts.html";

    private static readonly string[] Rulings = ["true", "conditional", "false"];

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

        var counts = Rulings.Select(ruling => (ruling, Count: claims.Count(claim => Ruling(claim, places.Proofs(claim)) == ruling)));
        var tried = claims.Count(claim => places.Proofs(claim).Count > 0);
        var facts = string.Concat(counts.Select(count => $"<span>{Tag(count.ruling)} {count.Count}</span>")) + $"<span>{tried} of {claims.Count} tried in a chapter so far</span>";
        return new IndexPage(
            File, "Verdicts", "Claims on trial", "The sources' claims: true, conditional or false, why, and the cell that proves it.",
            IndexPage.Frame(
                "Claims on trial",
                "What our sources say, in their own words, and what a measurement makes of it. "
                + "Where no chapter has tried a claim yet, the ruling is a first finding and stands in grey.",
                facts, body.ToString()),
            [.. claims.Select(claim => new SearchEntry(claim.Anchor, $"{claim.Id} {claim.Original}", claim.English, "verdict"))]);
    }

    private static string Claim(Topic claim, IReadOnlyList<TopicPlace> trials, bool hasChapter)
    {
        var shown = Shown(trials);
        var source = claim.Source.Split(':', 2);
        var figure = shown is null ? "" : $"<p class=\"deepnotes-verdict-figure\">{Html.Escape(shown.Figure)}</p>\n";
        var links = trials.Select(place =>
            $"<a href=\"{Html.Escape(place.Address)}\"><span class=\"tick\" aria-hidden=\"true\">✓</span> Trial in {Html.Escape(place.Chapter.Name)}</a>");
        var where = trials.Count > 0 ? string.Join(' ', links) : hasChapter ? "not tried in the chapter yet" : "";
        return $"""
            <article class="deepnotes-verdict deepnotes-verdict-{Html.Escape(Ruling(claim, trials))}{(trials.Count == 0 ? " unwritten" : "")}" id="{Html.Escape(claim.Anchor)}">
            <p>{Tag(Ruling(claim, trials))} <span class="deepnotes-verdict-id">{Html.Escape(claim.Id)}</span>
            <q class="deepnotes-verdict-words" lang="zh">{Html.Escape(claim.Original)}</q>
            <cite>source {Html.Escape(source[0])}{(source.Length > 1 ? $", line {Html.Escape(source[1])}" : "")}</cite></p>
            <p class="deepnotes-verdict-because">{Html.Escape(shown?.Because ?? claim.English)}</p>
            {figure}{(where.Length == 0 ? "" : $"<p class=\"places\">{where}</p>\n")}</article>

            """;
    }

    /// <summary>What a cell found counts; the list has what was found before.</summary>
    private static string Ruling(Topic claim, IReadOnlyList<TopicPlace> trials) => Shown(trials)?.Ruling ?? claim.Verdict;

    private static ShownVerdict? Shown(IReadOnlyList<TopicPlace> trials) =>
        trials.Select(trial => trial.Verdict).FirstOrDefault(verdict => verdict is not null);

    private static string Tag(string ruling) => $"<span class=\"deepnotes-verdict-ruling {Html.Escape(ruling)}\">{Html.Escape(ruling)}</span>";
}
