using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using DeepNotes.Notebooks.Browsers;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Cli.Figures;

/// <summary>Writes an executed notebook's figures to files: the drawing, its data, and a picture when a browser paints it.</summary>
internal sealed partial class FigureExport(string folder, Browser? browser)
{
    private const double PixelsPerUnit = 2;

    private static readonly string[] Endings = [".svg", ".json", ".png"];

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes to <c>NN/&lt;cell id&gt;.svg</c> and so on, a cell's second figure as <c>&lt;cell id&gt;-2</c>; removes what is no figure any more.</summary>
    /// <returns>How many figures there are.</returns>
    public async Task<int> WriteAsync(NotebookDocument notebook, CancellationToken cancellation)
    {
        var target = Path.Combine(folder, notebook.Chapter);
        var written = new HashSet<string>(StringComparer.Ordinal);
        var figures = 0;
        foreach (var cell in notebook.Cells.Where(cell => cell.IsCode))
        {
            var bundles = cell.Outputs.Select(Bundle).OfType<MimeBundle>().Where(bundle => bundle.Text(MimeBundle.Svg) is not null);
            foreach (var (index, bundle) in bundles.Index())
            {
                var name = index == 0 ? cell.Id : $"{cell.Id}-{index + 1}";
                written.UnionWith(await WriteFigureAsync(Path.Combine(target, name), bundle, cancellation));
                figures++;
            }
        }

        RemoveOthers(target, written);
        return figures;
    }

    private async Task<IReadOnlyList<string>> WriteFigureAsync(string path, MimeBundle bundle, CancellationToken cancellation)
    {
        var (svgPath, jsonPath, pngPath) = (path + ".svg", path + ".json", path + ".png");
        var files = new List<string> { svgPath };
        var svg = bundle.Text(MimeBundle.Svg)!;
        var isPainted = File.Exists(pngPath) && File.Exists(svgPath) && await File.ReadAllTextAsync(svgPath, cancellation) == svg;
        if (bundle.Forms.TryGetValue(MimeBundle.Plotly, out var plotly))
        {
            AtomicFile.WriteAllText(jsonPath, plotly.ToJsonString(Readable).ReplaceLineEndings("\n") + "\n");
            files.Add(jsonPath);
        }

        if (!isPainted && browser is not null)
        {
            var (width, height) = Size(svg);
            AtomicFile.WriteAllBytes(pngPath, await browser.ScreenshotSvgAsync(svg, width, height, PixelsPerUnit, cancellation));
            isPainted = true;
        }

        // After the picture: a drawing in place says that its picture is too.
        AtomicFile.WriteAllText(svgPath, svg);
        return isPainted ? [.. files, pngPath] : files;
    }

    private static MimeBundle? Bundle(CellOutput output) => output switch
    {
        DisplayOutput display => display.Data,
        ResultOutput result => result.Data,
        _ => null,
    };

    private static (int Width, int Height) Size(string svg)
    {
        var element = svg[..(svg.IndexOf('>', Math.Max(0, svg.IndexOf("<svg", StringComparison.Ordinal))) + 1)];
        return (Dimension("width", 2) ?? 700, Dimension("height", 3) ?? 450);

        int? Dimension(string name, int placeInViewBox)
        {
            var length = Regex.Match(element, $@"\s{name}=""(?<value>[\d.]+)(?:px)?""").Groups["value"].Value;
            var box = ViewBox().Match(element).Groups["box"].Value.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
            var text = length.Length > 0 ? length : box.ElementAtOrDefault(placeInViewBox);
            return double.TryParse(text, CultureInfo.InvariantCulture, out var value) ? (int)Math.Ceiling(value) : null;
        }
    }

    private static void RemoveOthers(string target, HashSet<string> written)
    {
        if (!Directory.Exists(target))
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(target).Where(file => Endings.Contains(Path.GetExtension(file)) && !written.Contains(file)))
        {
            File.Delete(file);
        }
    }

    [GeneratedRegex("""\sviewBox="(?<box>[^"]+)"?""")]
    private static partial Regex ViewBox();
}
