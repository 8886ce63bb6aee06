using System.Text.RegularExpressions;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Book;

/// <summary>Minutes a chapter takes: prose at a reader's pace, formulas and code slower.</summary>
internal static partial class ReadingTime
{
    private const double WordsPerMinute = 200;
    private const double ChineseCharactersPerMinute = 300;
    private const double CodeLinesPerMinute = 20;
    private const double MinutesPerDisplayFormula = 0.3;

    public static int Minutes(NotebookDocument document)
    {
        var prose = string.Join('\n', document.Cells.Where(cell => cell.IsMarkdown).Select(cell => cell.Source));
        var code = document.Cells.Where(cell => cell.IsCode).SelectMany(cell => cell.Source.Split('\n'));
        var minutes = (Word().Count(prose) / WordsPerMinute)
            + (ChineseCharacter().Count(prose) / ChineseCharactersPerMinute)
            + (DisplayFormula().Count(prose) * MinutesPerDisplayFormula)
            + (code.Count(line => line.Trim().Length > 1) / CodeLinesPerMinute);
        return Math.Max(1, (int)Math.Round(minutes));
    }

    [GeneratedRegex(@"[\p{L}\p{N}-[\p{IsCJKUnifiedIdeographs}]]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex ChineseCharacter();

    [GeneratedRegex(@"\$\$[^$]+\$\$")]
    private static partial Regex DisplayFormula();
}
