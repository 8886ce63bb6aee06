using System.Text;
using System.Text.Json;
using DeepNotes.Notebooks.Files;

namespace DeepNotes.Notebooks.Book;

/// <summary>
/// The data tables of a chapter's figures as a script beside its page, loaded when a reader opens one: the page itself
/// holds each number once, in the chart.
/// </summary>
/// <param name="chapter">The notebook's name.</param>
internal sealed class FigureTables(string chapter)
{
    private readonly Dictionary<string, string> _tables = [];

    public string Path { get; } = $"tables/{SafeName.Of(chapter, "notebook")}.js";

    /// <summary>The script; null where no figure has a table.</summary>
    public byte[]? File => _tables.Count == 0
        ? null : Encoding.UTF8.GetBytes($"window.deepNotesTables = {JsonSerializer.Serialize(_tables, Html.InScript)};\n");

    /// <summary>Adds a table, and returns the collapsible element that loads it.</summary>
    /// <param name="figure">The figure's id in the page.</param>
    /// <param name="table">HTML; empty for a figure without numbers.</param>
    public string Add(string figure, string table)
    {
        if (table.Length == 0)
        {
            return "";
        }

        _tables[figure] = table;
        return $"<details class=\"figure-data\" data-figure=\"{Html.Escape(figure)}\" data-tables=\"{Address.OfFile(Path)}\"><summary>Data of the figure</summary></details>\n";
    }
}
