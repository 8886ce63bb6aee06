using System.Text;
using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Files;

namespace DeepNotes.Notebooks.Book;

/// <summary>A figure that a cell shows and that has an SVG drawing.</summary>
/// <param name="Number">1 for the cell's first figure.</param>
/// <param name="Name">Its file name without an ending: "curves", the cell's second figure "curves-2".</param>
public sealed record NotebookFigure(NotebookCell Cell, int Number, string Name, MimeBundle Forms);

/// <summary>The figures of notebooks, and where their files lie: in a folder for each notebook.</summary>
public static class NotebookFigures
{
    /// <summary>All figures in the order of the notebook. Names depend on the notebook alone.</summary>
    public static IReadOnlyList<NotebookFigure> In(NotebookDocument notebook)
    {
        var names = new NameRegister();
        return
        [
            .. notebook.Cells.Where(cell => cell.IsCode && cell.Shows(MimeBundle.Svg)).SelectMany(cell => cell.Outputs.Select(Forms).OfType<MimeBundle>()
                .Where(forms => forms.Text(MimeBundle.Svg) is not null)
                .Select((forms, index) => new NotebookFigure(
                    cell, index + 1, names.Claim(FileName(cell.Id, index + 1), $"{cell.Id}\n{index + 1}"), forms))),
        ];
    }

    /// <summary>
    /// A folder's name for each notebook: its chapter's number ("04", "11a"), or its own name where it has none or
    /// where another notebook has the number. Of several with one number the shortest name keeps it: the original
    /// beside its copies.
    /// </summary>
    /// <param name="notebooks">Those that share the folder.</param>
    /// <param name="isFree">Whether a notebook may have a folder; asked before the others are.</param>
    public static IReadOnlyDictionary<NotebookDocument, string> Folders(
        IEnumerable<NotebookDocument> notebooks, Func<NotebookDocument, string, bool>? isFree = null)
    {
        var names = new NameRegister();
        var folders = new Dictionary<NotebookDocument, string>();
        foreach (var notebook in notebooks.OrderBy(notebook => notebook.Name.Length).ThenBy(notebook => notebook.Path, StringComparer.Ordinal))
        {
            folders[notebook] = Wishes(notebook).First(name =>
                (isFree is null || isFree(notebook, name)) && names.TryClaim(name, notebook.Path));
        }

        return folders;
    }

    private static IEnumerable<string> Wishes(NotebookDocument notebook)
    {
        if (Number(notebook) is { Length: > 0 } number && SafeName.IsSafe(number))
        {
            yield return number;
        }

        var own = SafeName.Of(notebook.Name, "notebook");
        yield return own;
        for (var attempt = 1; ; attempt++)
        {
            yield return $"{own}-{SafeName.Hash(attempt == 1 ? notebook.Path : $"{notebook.Path}\n{attempt}")}";
        }
    }

    /// <summary>The forms of a shown value; null for an output that is none.</summary>
    internal static MimeBundle? Forms(CellOutput output) => output switch
    {
        DisplayOutput display => display.Data,
        ResultOutput result => result.Data,
        _ => null,
    };

    /// <summary>The chapter's number; empty for a notebook without one.</summary>
    internal static string Number(NotebookDocument notebook) =>
        char.IsAsciiDigit(notebook.Chapter.FirstOrDefault()) ? notebook.Chapter : "";

    private static string FileName(string cellId, int number) =>
        SafeName.Of(cellId, "cell") + (number == 1 ? "" : $"-{number}");
}

/// <summary>The figures of a chapter as files of the book, under the names that the figures command gives them.</summary>
internal sealed class FigureFiles(string folder, NotebookDocument notebook)
{
    private readonly Dictionary<(string Cell, int Number), string> _names =
        NotebookFigures.In(notebook).ToDictionary(figure => (figure.Cell.Id, figure.Number), figure => figure.Name);
    private readonly Dictionary<string, int> _added = [];
    private readonly List<KeyValuePair<string, byte[]>> _drawings = [];

    private int _numbered;

    /// <summary>Whether a chart needs all of plotly.js.</summary>
    public bool AreMoreThanCartesian { get; private set; }

    /// <summary>Takes a chart.</summary>
    public void Draw(JsonObject figure) => AreMoreThanCartesian |= !PlotlyFigure.IsCartesian(figure);

    /// <summary>Each SVG by its path in the book.</summary>
    public IReadOnlyList<KeyValuePair<string, byte[]>> Drawings => _drawings;

    /// <summary>Counts the figures of the page.</summary>
    public NumberInPage Next(PageIds ids) => new(++_numbered, ids.Claim($"figure-{_numbered}"));

    /// <summary>Takes the next figure of a cell.</summary>
    /// <returns>The path in the book: figures/04/curves.svg.</returns>
    public string Add(string cellId, string svg)
    {
        var number = _added[cellId] = _added.GetValueOrDefault(cellId) + 1;
        var path = $"figures/{folder}/{_names[(cellId, number)]}.svg";
        _drawings.Add(new(path, Encoding.UTF8.GetBytes(SvgFace.Standalone(svg))));
        return path;
    }
}
