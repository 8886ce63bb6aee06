using System.Text;
using System.Text.Json;
using DeepNotes.Notebooks.Files;

namespace DeepNotes.Notebooks.Book;

/// <summary>
/// The tables of a chapter's figures as a script beside its page, which the page loads when a reader opens one: the page
/// itself has each number once, in the chart.
/// </summary>
/// <param name="chapter">The notebook's name.</param>
internal sealed class FigureTables(string chapter)
{
    private readonly Dictionary<string, string> _tables = [];

    public string Path { get; } = $"tables/{SafeName.Of(chapter, "notebook")}.js";

    /// <summary>The script; null where no figure has a table.</summary>
    public byte[]? File => _tables.Count == 0
        ? null : Encoding.UTF8.GetBytes($"window.deepNotesTables = {JsonSerializer.Serialize(_tables, Html.InScript)};\n");

    /// <summary>Keeps a table, and gives the box that shows it when it is opened.</summary>
    /// <param name="figure">The figure's id in the page.</param>
    /// <param name="table">HTML; nothing for a figure without numbers.</param>
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
