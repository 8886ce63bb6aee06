using System.Text;
using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Files;

namespace DeepNotes.Notebooks.Book;

/// <summary>A figure of a cell that has an SVG form.</summary>
/// <param name="Number">Its index among the cell's figures, from 1.</param>
/// <param name="Name">Its file name without extension: "curves", for the cell's second figure "curves-2".</param>
public sealed record NotebookFigure(NotebookCell Cell, int Number, string Name, MimeBundle Forms);

/// <summary>The figures of notebooks, and the folder names for their files.</summary>
public static class NotebookFigures
{
    /// <summary>All figures in the order of the notebook. Names depend only on the notebook.</summary>
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
    /// A folder name for each notebook: its chapter's number ("04", "11a"), or its own name where it has no number or another
    /// notebook has claimed it. Of several notebooks with one number the shortest name claims it: the original rather than a
    /// copy.
    /// </summary>
    /// <param name="notebooks">The notebooks that share the parent folder.</param>
    /// <param name="isFree">Whether a notebook may use a folder; called before names are claimed.</param>
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

    /// <summary>The MIME bundle of a displayed value or result; null for other outputs.</summary>
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

/// <summary>The figures of a chapter as files of the book, with the names that the figures command uses.</summary>
internal sealed class FigureFiles(string folder, NotebookDocument notebook)
{
    private readonly Dictionary<(string Cell, int Number), string> _names =
        NotebookFigures.In(notebook).ToDictionary(figure => (figure.Cell.Id, figure.Number), figure => figure.Name);
    private readonly Dictionary<string, int> _added = [];
    private readonly List<KeyValuePair<string, byte[]>> _drawings = [];

    private int _numbered;

    /// <summary>Whether a chart needs the full bundle of plotly.js.</summary>
    public bool AreMoreThanCartesian { get; private set; }

    /// <summary>Registers a chart.</summary>
    public void Draw(JsonObject figure) => AreMoreThanCartesian |= !PlotlyFigure.IsCartesian(figure);

    /// <summary>Each SVG by its path in the book.</summary>
    public IReadOnlyList<KeyValuePair<string, byte[]>> Drawings => _drawings;

    /// <summary>Numbers the figures of the page.</summary>
    public NumberInPage Next(PageIds ids) => new(++_numbered, ids.Claim($"figure-{_numbered}"));

    /// <summary>Adds the next figure of a cell.</summary>
    /// <returns>The path in the book: figures/04/curves.svg.</returns>
    public string Add(string cellId, string svg)
    {
        var number = _added[cellId] = _added.GetValueOrDefault(cellId) + 1;
        var path = $"figures/{folder}/{_names[(cellId, number)]}.svg";
        _drawings.Add(new(path, Encoding.UTF8.GetBytes(SvgFace.Standalone(svg))));
        return path;
    }
}
