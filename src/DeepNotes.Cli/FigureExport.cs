using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using DeepNotes.Notebooks.Book;
using DeepNotes.Notebooks.Browsers;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Files;

namespace DeepNotes.Cli;

/// <summary>Writes the figures of executed notebooks to files: SVG, the data as JSON, and PNG if a browser is available.</summary>
internal sealed partial class FigureExport
{
    private const double PixelsPerUnit = 2;

    // Browsers limit the size of a screenshot.
    private const int MaxPixels = 8192;

    private const string ManifestName = ".deepnotes-figures";

    private static readonly string[] Extensions = [".svg", ".json", ".png"];

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly string _folder;
    private readonly Browser? _browser;
    private readonly OutputFolder _output;

    /// <param name="folder">The parent of the notebooks' folders.</param>
    /// <param name="browser">Renders the PNG files; null omits them.</param>
    public FigureExport(string folder, Browser? browser)
    {
        _folder = folder;
        _browser = browser;
        _output = new OutputFolder(folder, ManifestName);
        if (!_output.HasManifest)
        {
            _output.Adopt(FilesWithoutManifest(_output.Path));
        }
    }

    /// <summary>The folder name of each notebook, which no other notebook of this run or an earlier one uses.</summary>
    public IReadOnlyDictionary<NotebookDocument, string> Folders(IEnumerable<NotebookDocument> notebooks) => NotebookFigures.Folders(
        notebooks, (notebook, name) => _output.OwnersIn(name).All(owner => owner == OwnerOf(notebook) || !File.Exists(Path.Combine(_folder, owner))));

    /// <summary>
    /// Writes <c>NN/&lt;cell id&gt;.svg</c> and so on, a cell's second figure as <c>&lt;cell id&gt;-2</c>; removes files
    /// that an earlier run wrote for figures that no longer exist.
    /// </summary>
    /// <returns>The number of figures, and one line for each that could not be rendered as PNG.</returns>
    public async Task<(int Figures, IReadOnlyList<string> Failures)> WriteAsync(NotebookDocument notebook, string name, CancellationToken cancellation)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var failures = new List<string>();
        var figures = NotebookFigures.In(notebook);
        foreach (var figure in figures)
        {
            try
            {
                await AddAsync(files, $"{name}/{figure.Name}", figure.Forms, cancellation);
            }
            catch (Exception error) when (error is BrowserException or InvalidOperationException or TimeoutException)
            {
                failures.Add($"{notebook.Name}, cell {figure.Cell.Index + 1}: figure {figure.Number} was not rendered as PNG: {error.Message.Split('\n')[0]}");
            }
        }

        _output.TakeOver(name, OwnerOf(notebook));
        _output.Replace(files, OwnerOf(notebook));
        return (figures.Count, failures);
    }

    private async Task AddAsync(Dictionary<string, byte[]> files, string path, MimeBundle forms, CancellationToken cancellation)
    {
        var svg = forms.Text(MimeBundle.Svg)!;
        var drawing = Encoding.UTF8.GetBytes(svg);
        files[path + ".svg"] = drawing;
        if (forms.Forms.TryGetValue(MimeBundle.Plotly, out var plotly))
        {
            files[path + ".json"] = Encoding.UTF8.GetBytes(plotly.ToJsonString(Readable).ReplaceLineEndings("\n") + "\n");
        }

        if (_output.Read(path + ".png") is { } png && _output.Read(path + ".svg") is { } old && old.AsSpan().SequenceEqual(drawing))
        {
            files[path + ".png"] = png;
        }
        else if (_browser is not null)
        {
            var (width, height) = Size(svg);
            var scale = Math.Min(PixelsPerUnit, (double)MaxPixels / Math.Max(width, height));
            files[path + ".png"] = await _browser.ScreenshotSvgAsync(svg, width, height, scale, cancellation);
        }
    }

    // Earlier versions wrote no manifest. Their SVG files are recognized by the ids of the library's charts; .json and .png
    // files of the same name belong to them. Other files may be the user's.
    private static IEnumerable<string> FilesWithoutManifest(string folder) => !Directory.Exists(folder) ? [] :
        from subfolder in new DirectoryInfo(folder).EnumerateDirectories()
        where subfolder.LinkTarget is null
        from drawing in subfolder.EnumerateFiles("*.svg")
        where IsOfChart(drawing)
        from extension in Extensions
        select $"{subfolder.Name}/{Path.GetFileNameWithoutExtension(drawing.Name)}{extension}";

    private static bool IsOfChart(FileInfo drawing)
    {
        if (drawing.LinkTarget is not null || drawing.Length == 0)
        {
            return false;
        }

        using var reader = drawing.OpenText();
        return OpeningOfChart().IsMatch(reader.ReadLine() ?? "");
    }

    private string OwnerOf(NotebookDocument notebook) =>
        string.Concat(Path.GetRelativePath(_folder, Path.GetFullPath(notebook.Path)).Select(character => char.IsControl(character) ? '?' : character));

    private static (int Width, int Height) Size(string svg)
    {
        var element = svg[..(svg.IndexOf('>', Math.Max(0, svg.IndexOf("<svg", StringComparison.Ordinal))) + 1)];
        return (Dimension("width", 2) ?? 700, Dimension("height", 3) ?? 450);

        int? Dimension(string name, int viewBoxIndex)
        {
            var length = Regex.Match(element, $@"\s{name}=""(?<value>[\d.]+)(?:px)?""").Groups["value"].Value;
            var box = ViewBox().Match(element).Groups["box"].Value.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
            var text = length.Length > 0 ? length : box.ElementAtOrDefault(viewBoxIndex);
            return double.TryParse(text, CultureInfo.InvariantCulture, out var value) && value is > 0 and < MaxPixels ? (int)Math.Ceiling(value) : null;
        }
    }

    [GeneratedRegex("""^<svg xmlns="http://www\.w3\.org/2000/svg" [^>]* aria-labelledby="(chart-[0-9a-f]{8})-title \1-desc" [^>]*>$""")]
    private static partial Regex OpeningOfChart();

    [GeneratedRegex("""\sviewBox="(?<box>[^"]+)"?""")]
    private static partial Regex ViewBox();
}
