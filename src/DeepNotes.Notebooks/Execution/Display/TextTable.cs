using System.Text;

namespace DeepNotes.Notebooks.Execution;

/// <summary>Formats rows as text in aligned columns.</summary>
internal static class TextTable
{
    public static string Of(IEnumerable<TableRows> tables) => string.Join("\n\n", tables.Select(Of));

    public static string Of(TableRows rows)
    {
        string[][] lines = [[.. rows.Columns], .. rows.Cells.Select(cells => cells.Select(cell => OneLine(ValueText.Short(cell))).ToArray())];
        var widths = rows.Columns.Select((_, column) => lines.Max(line => line[column].Length)).ToArray();
        var text = new StringBuilder(rows.Title is { Length: > 0 } title ? title + ":\n" : "");
        foreach (var line in lines)
        {
            text.AppendJoin("  ", line.Select((cell, column) => cell.PadRight(widths[column]))).Append('\n');
        }

        var aligned = string.Join('\n', text.ToString().Split('\n').Select(line => line.TrimEnd())).TrimEnd('\n');
        return rows.OmissionNote is { } note ? $"{aligned}\n{note}" : aligned;
    }

    // Line breaks within a cell would break the alignment.
    private static string OneLine(string text) => text.ReplaceLineEndings("⏎");
}
