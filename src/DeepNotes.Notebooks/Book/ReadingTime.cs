using System.Text.RegularExpressions;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Book;

/// <summary>
/// The reading time of a chapter in minutes: words of prose at a fixed rate, plus a constant for each display formula and
/// each code cell, independent of the length of the code, which readers skim.
/// </summary>
internal static partial class ReadingTime
{
    private const double WordsPerMinute = 200;
    private const double ChineseCharactersPerMinute = 300;
    private const double MinutesPerCodeCell = 0.25;
    private const double MinutesPerDisplayFormula = 0.2;

    public static int Minutes(NotebookDocument document)
    {
        var markdown = string.Join("\n\n", document.Cells.Where(cell => cell.IsMarkdown).Select(cell => cell.Source));
        var prose = NotRead().Replace(markdown, " ");
        var minutes = (Word().Count(prose) / WordsPerMinute)
            + (ChineseCharacter().Count(prose) / ChineseCharactersPerMinute)
            + (DisplayFormula().Count(markdown) * MinutesPerDisplayFormula)
            + (document.Cells.Count(cell => cell.IsCode) * MinutesPerCodeCell);
        return Math.Max(1, (int)Math.Round(minutes));
    }

    // Chinese passages repeat the English ones. Formulas, HTML tags, link addresses and fenced code are not prose.
    [GeneratedRegex(@"\$\$[^$]+\$\$|\\begin\{(?<name>\w+\*?)\}.*?\\end\{\k<name>\}|\$[^$\n]+\$|<(?<zh>\w+) lang=""zh[^""]*"">.*?</\k<zh>>|<[^>]*>|\]\([^)\s]*\)|```.*?```", RegexOptions.Singleline)]
    private static partial Regex NotRead();

    [GeneratedRegex(@"[\p{L}\p{N}'’-[\p{IsCJKUnifiedIdeographs}]]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex ChineseCharacter();

    [GeneratedRegex(@"\$\$[^$]+\$\$|\\begin\{(?<name>\w+\*?)\}.*?\\end\{\k<name>\}", RegexOptions.Singleline)]
    private static partial Regex DisplayFormula();
}
