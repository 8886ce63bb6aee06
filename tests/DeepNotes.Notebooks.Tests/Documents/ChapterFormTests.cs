using System.Text.RegularExpressions;
using DeepNotes.Notebooks.Book;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Documents;

/// <summary>Rules for the structure of a chapter: answers first, helper code collapsed, claims as sentences, sources with links.</summary>
public sealed partial class ChapterFormTests
{
    private const string Chinese = @"[\u3400-\u9fff]";
    private const int MaxWords = 4000;
    private const int MinWordsOfClaim = 5;

    private static readonly HashSet<string> TopicIds = [.. Topic.Read(Path.Combine(Repository.Notebooks, "topics.tsv")).Select(topic => topic.Id)];

    private static readonly Dictionary<string, string> Notation = File.ReadLines(Path.Combine(Repository.Notebooks, "notation.tsv")).Skip(1)
        .Select(line => line.Split('\t')).GroupBy(cells => cells[1]).ToDictionary(group => group.Key, group => string.Join('\n', group.Select(cells => cells[2])));

    /// <summary>Each rule returns a line for each violation.</summary>
    private static readonly Dictionary<string, Func<NotebookDocument, IEnumerable<string>>> Rules = new()
    {
        ["begins with a title and, if it has cards, a figure and a table of questions"] = chapter => Missing(
            ("a title", chapter.Cells[0].Source.StartsWith("# ", StringComparison.Ordinal)),
            ("a figure before the first question", !Cards(chapter).Any() || chapter.Cells.TakeWhile(cell => CellTopics.Card(cell) is null).Any(ShowsChart)),
            ("a table of questions", !Cards(chapter).Any() || chapter.Cells.TakeWhile(cell => CellTopics.Card(cell) is null).Any(cell => cell.Source.Contains("| question |", StringComparison.Ordinal)))),
        ["ends with exercises, key points and sources"] = chapter => new[] { "Exercises", "Key points", "Sources" }
            .Zip(Headings(chapter).TakeLast(3)).Where(pair => pair.First != pair.Second).Select(pair => $"expected \"{pair.First}\", got \"{pair.Second}\""),
        ["has a section with intended errors"] = chapter => Missing(("Broken on purpose", AllHeadings(chapter).Contains("Broken on purpose"))),
        ["has at most ten key points"] = chapter => Section(chapter, "Key points").Count(line => line.StartsWith("- ", StringComparison.Ordinal)) is var count and (< 3 or > 10) ? [$"{count} points"] : [],
        ["has sources with links"] = chapter => Section(chapter, "Sources").Where(line => line.StartsWith("- ", StringComparison.Ordinal) && !line.Contains("](http", StringComparison.Ordinal)),
        ["answers each question visibly, in both languages"] = chapter => Cards(chapter).SelectMany(cell => Missing(
            ($"{cell.Id}: a heading", cell.Source.StartsWith("## ", StringComparison.Ordinal)),
            ($"{cell.Id}: the question in Chinese", ChineseQuestion().IsMatch(cell.Source)),
            ($"{cell.Id}: \"In 30 seconds.\" before the first collapsible part", cell.Source.Split("<details")[0].Contains("**In 30 seconds.**", StringComparison.Ordinal)),
            ($"{cell.Id}: 30 秒", cell.Source.Contains("<details lang=\"zh\"><summary>30 秒</summary>", StringComparison.Ordinal)),
            ($"{cell.Id}: a level", CellTopics.Card(cell)!.Value.Level is "basic" or "intermediate" or "advanced"))),
        ["shows a chart before each derivation"] = chapter => Cards(chapter).Where(card => !ChartComesFirst(chapter, card)).Select(card => card.Id),
        ["marks Chinese as Chinese"] = chapter => Prose(chapter).Where(cell => Regex.IsMatch(WithoutChineseParts(cell.Source), Chinese)).Select(cell => cell.Id),
        ["has full-width punctuation in Chinese"] = chapter => Prose(chapter).SelectMany(cell => HalfWidth().Matches(WithoutFormulas(cell.Source)).Select(match => $"{cell.Id}: {match.Value}")),
        ["has no topic ids in its prose"] = chapter => Prose(chapter).SelectMany(cell => Ids().Matches(WithoutFormulas(cell.Source)).Select(match => match.Value)
            .Where(TopicIds.Contains).Select(id => $"{cell.Id}: {id}")),
        ["has claims that are sentences"] = chapter => Claims(chapter).Where(claim => claim.Text.Split(' ').Length < MinWordsOfClaim).Select(claim => $"{claim.Cell}: \"{claim.Text}\""),
        ["does not compare literals with literals"] = chapter => Code(chapter).Where(cell => Literals().IsMatch(cell.Source)).Select(cell => cell.Id),
        ["collapses charts, checks and verdicts"] = chapter => Code(chapter).Where(cell => !IsCollapsed(cell) && IsHelperCode(cell)).Select(cell => cell.Id),
        ["collapses code in every client"] = chapter => Code(chapter).Where(cell =>
            cell.Tags.Contains("hide-input") != ((bool?)cell.Json["metadata"]?["jupyter"]?["source_hidden"] == true)).Select(cell => cell.Id),
        ["has a stub and an executed, collapsed solution for each exercise"] = chapter => Missing(
            ("a stub for each solution", Code(chapter).Count(cell => cell.Tags.Contains("skip-execution")) == Code(chapter).Count(IsSolution)),
            ("a solution", Code(chapter).Any(IsSolution)),
            ("stubs that do not stop \"run all\"", Code(chapter).All(cell => cell.Tags.Contains("skip-execution") == cell.Tags.Contains("raises-exception"))),
            ("collapsed solutions", Code(chapter).Where(IsSolution).All(IsCollapsed))),
        ["uses symbols as in the notation"] = chapter => SymbolRows(chapter)
            .Where(row => Notation.TryGetValue(row.Symbol, out var meaning) && !meaning.Split('\n').Any(known => row.Meaning.StartsWith(known, StringComparison.Ordinal))).Select(row => $"{row.Symbol}: {row.Meaning}"),
        ["uses one symbol for the loss"] = chapter => Prose(chapter).Where(cell => LossAsL().IsMatch(cell.Source)).Select(cell => cell.Id),
        ["has at most 4000 words"] = chapter => Prose(chapter).Sum(cell => Words().Count(WithoutFormulas(cell.Source))) is var words and > MaxWords ? [$"{words} words"] : [],
    };

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var path in ChapterFiles.In(Repository.Notebooks))
        {
            foreach (var rule in Rules.Keys)
            {
                cases.Add(Path.GetFileNameWithoutExtension(path), rule);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_chapter_follows_the_rule(string name, string rule)
    {
        var broken = Rules[rule](NotebookDocument.Load(Path.Combine(Repository.Notebooks, $"{name}.ipynb"))).ToList();
        Assert.True(broken.Count == 0, $"{name} {rule}: {string.Join("; ", broken)}");
    }

    private static IEnumerable<string> Missing(params (string What, bool IsThere)[] parts) =>
        parts.Where(part => !part.IsThere).Select(part => $"no {part.What}");

    private static IEnumerable<NotebookCell> Prose(NotebookDocument chapter) => chapter.Cells.Where(cell => cell.IsMarkdown);

    private static IEnumerable<NotebookCell> Code(NotebookDocument chapter) => chapter.Cells.Where(cell => cell.IsCode);

    private static IEnumerable<NotebookCell> Cards(NotebookDocument chapter) => chapter.Cells.Where(cell => CellTopics.Card(cell) is not null);

    private static IEnumerable<string> AllHeadings(NotebookDocument chapter) =>
        Prose(chapter).SelectMany(cell => Heading().Matches(cell.Source)).Select(match => match.Groups["text"].Value.Trim());

    private static IEnumerable<string> Headings(NotebookDocument chapter) =>
        Prose(chapter).SelectMany(cell => Heading().Matches(cell.Source)).Where(match => match.Groups["level"].Length == 2).Select(match => match.Groups["text"].Value.Trim());

    private static IEnumerable<string> Section(NotebookDocument chapter, string heading) => string.Join("\n\n", Prose(chapter).Select(cell => cell.Source))
        .Split('\n').SkipWhile(line => line != $"## {heading}").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal));

    private static bool ShowsChart(NotebookCell cell) =>
        cell.IsCode && cell.Outputs.Select(NotebookFigures.Forms).Any(forms => forms?.Forms.ContainsKey(MimeBundle.Svg) == true);

    // Between two cards, a chart precedes the first displayed formula.
    private static bool ChartComesFirst(NotebookDocument chapter, NotebookCell card)
    {
        var section = chapter.Cells.Skip(card.Index + 1).TakeWhile(cell => CellTopics.Card(cell) is null).ToList();
        var picture = section.FindIndex(ShowsChart);
        var formula = section.FindIndex(cell => cell.IsMarkdown && cell.Source.Contains("$$", StringComparison.Ordinal));
        return picture >= 0 && (formula < 0 || picture < formula);
    }

    private static bool IsCollapsed(NotebookCell cell) => cell.Tags.Contains("hide-input");

    private static bool IsSolution(NotebookCell cell) => cell.Id.StartsWith("solution-", StringComparison.Ordinal);

    private static bool IsHelperCode(NotebookCell cell)
    {
        var lines = cell.Source.Split('\n').Count(line => line.Trim().Length > 0);
        return lines >= 8 && HelperCode().Count(cell.Source) * 2 >= lines;
    }

    private static IEnumerable<(string Cell, string Text)> Claims(NotebookDocument chapter) =>
        from cell in Code(chapter)
        from forms in cell.Outputs.Select(NotebookFigures.Forms)
        from match in Claim().Matches(forms?.Text(MimeBundle.Html) ?? "")
        select (cell.Id, Html.PlainText(match.Groups["text"].Value));

    private static IEnumerable<(string Symbol, string Meaning)> SymbolRows(NotebookDocument chapter) =>
        Prose(chapter).Where(cell => cell.Source.Contains("| symbol | meaning |", StringComparison.Ordinal))
            .SelectMany(cell => SymbolRow().Matches(cell.Source)).Select(match => (match.Groups["symbol"].Value, match.Groups["meaning"].Value.Trim()));

    private static string WithoutFormulas(string source) => Formula().Replace(source, " ");

    private static string WithoutChineseParts(string source) => ChinesePart().Replace(source, "");

    [GeneratedRegex(@"^(?<level>#+) (?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("""^<span lang="zh">[^<]+</span>$""", RegexOptions.Multiline)]
    private static partial Regex ChineseQuestion();

    [GeneratedRegex("""<(?<tag>\w+) lang="zh[^"]*">.*?</\k<tag>>""", RegexOptions.Singleline)]
    private static partial Regex ChinesePart();

    [GeneratedRegex(@".{0,8}[\u3400-\u9fff] ?[,?!;:()]|[,?!;:(][\u3400-\u9fff].{0,8}")]
    private static partial Regex HalfWidth();

    [GeneratedRegex(@"\$\$.*?\$\$|\$[^$\n]*\$|<[^>]*>|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex Formula();

    [GeneratedRegex(@"\b[A-Z]\d{2,3}\b")]
    private static partial Regex Ids();

    [GeneratedRegex(@"[A-Za-z]{2,}")]
    private static partial Regex Words();

    [GeneratedRegex("""deepnotes-proof-claim">(?<text>.*?)</strong>""", RegexOptions.Singleline)]
    private static partial Regex Claim();

    [GeneratedRegex(@"Prove\.\w+\(\s*(?:Math\.\w+\([-\d., ]+\)|[-\d.e]+),\s*[-\d.e]+,")]
    private static partial Regex Literals();

    [GeneratedRegex(@"Chart\.|\.With[A-Z]|new Verdict|Prove\.|display\(")]
    private static partial Regex HelperCode();

    [GeneratedRegex(@"^\| \$(?<symbol>[^$]+)\$ \| (?<meaning>[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex SymbolRow();

    [GeneratedRegex(@"\\partial L\b|\\nabla L\b")]
    private static partial Regex LossAsL();
}
