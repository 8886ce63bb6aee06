using System.Text;

namespace DeepNotes.Notebooks.Execution;

/// <summary>Rows as text in aligned columns.</summary>
internal static class TextTable
{
    public static string Of(TableRows rows)
    {
        string[][] lines = [[.. rows.Columns], .. rows.Cells.Select(cells => cells.Select(ValueText.Short).ToArray())];
        var widths = rows.Columns.Select((_, column) => lines.Max(line => line[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            text.AppendJoin("  ", line.Select((cell, column) => cell.PadRight(widths[column]))).Append('\n');
        }

        var aligned = string.Join('\n', text.ToString().Split('\n').Select(line => line.TrimEnd())).TrimEnd('\n');
        return rows.Rest is { } rest ? $"{aligned}\n{rest}" : aligned;
    }
}
