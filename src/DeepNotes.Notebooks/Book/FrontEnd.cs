using System.Text.Json.Nodes;

namespace DeepNotes.Notebooks.Book;

/// <summary>The source of KaTeX, plotly.js and MiniSearch: files beside the pages, or a CDN.</summary>
public sealed class FrontEnd
{
    private const string Cdn = "https://cdn.jsdelivr.net/npm";

    private readonly string? _packagesFolder;

    private FrontEnd(string? packagesFolder, string? note)
    {
        _packagesFolder = packagesFolder;
        Note = note;
    }

    /// <summary>The consequence of a missing package, in one line; null when all are present.</summary>
    public string? Note { get; }

    public bool IsCdn => _packagesFolder is null;

    public static FrontEnd FromCdn(string reason = "Front-end packages not installed") =>
        new(null, $"{reason}: formulas, search and interactive charts load from a CDN; offline, charts are shown as SVG and formulas as LaTeX source.");

    /// <param name="folder">A node_modules folder that holds the pinned versions.</param>
    public static FrontEnd FromPackages(string folder) => new(folder, null);

    /// <summary>The pinned version of each package.</summary>
    internal static IReadOnlyDictionary<string, string> Versions { get; } =
        JsonNode.Parse(Asset.Text("package.json"))!["dependencies"]!.AsObject()
            .ToDictionary(package => package.Key, package => (string)package.Value!);

    internal FrontEndFile KatexStyle => new(
        this, "katex", "dist/katex.min.css", "assets/katex/katex.min.css",
        "sha384-WwGtaC6ywCHxA5cstpj/3+xIZvTez8dq2IcBQaXRkenHZ7FVVq1ZROtURwfbtTlG");

    internal FrontEndFile KatexScript => new(
        this, "katex", "dist/katex.min.js", "assets/katex/katex.min.js",
        "sha384-a1WQdjRj162i159OYq041X6I4K8NenkrI09LlPmiHg0YOb7CR+wJOraXwK9abpnE");

    internal FrontEndFile Plotly => new(
        this, "plotly.js-dist-min", "plotly.min.js", "assets/plotly.min.js",
        "sha384-hHv6D3tTUUBpp4tVv6t2Dc3oGuRhphmWOTKUR8jWyN0Pnon1g3iebKCNDNmKmxo8");

    /// <summary>The bundle of plotly.js for cartesian charts, a third of the size.</summary>
    internal FrontEndFile CartesianPlotly => new(
        this, "plotly.js-cartesian-dist-min", "plotly-cartesian.min.js", "assets/plotly-cartesian.min.js",
        "sha384-zc4SwKObGL/W0M3RUI09UPWjlgIZHfbwMgcZO6713mRh78tfUmIQKhzCyE2LIiUg");

    internal FrontEndFile MiniSearch => new(
        this, "minisearch", "dist/umd/index.js", "assets/minisearch.js",
        "sha384-KuHy7eg9MqWBVrMXJC0WN6q4d3+KBquZ3Htgex79A4REptrDvGOXfAgZ0VOJ1Mdx");

    /// <summary>All of them.</summary>
    internal IEnumerable<FrontEndFile> All => [KatexStyle, KatexScript, Plotly, CartesianPlotly, MiniSearch];

    /// <summary>The files to copy beside the pages, by their path in the book.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Files()
    {
        if (_packagesFolder is null)
        {
            yield break;
        }

        foreach (var file in All)
        {
            yield return new(file.BookPath, file.SourceIn(_packagesFolder));
        }

        // In a subfolder of the page's folder, because Firefox does not load fonts from elsewhere on file://.
        foreach (var font in Directory.GetFiles(Path.Combine(_packagesFolder, "katex", "dist", "fonts"), "*.woff2").Order(StringComparer.Ordinal))
        {
            yield return new($"assets/katex/fonts/{Path.GetFileName(font)}", font);
        }
    }

    /// <summary>One file of a package, and the attributes by which a page refers to it.</summary>
    internal sealed record FrontEndFile(FrontEnd FrontEnd, string Package, string Path, string BookPath, string Integrity)
    {
        public string Address => FrontEnd.IsCdn ? $"{Cdn}/{Package}@{Versions[Package]}/{Path}" : BookPath;

        public string Attributes(string attribute) => FrontEnd.IsCdn
            ? $"{attribute}=\"{Address}\" integrity=\"{Integrity}\" crossorigin=\"anonymous\""
            : $"{attribute}=\"{Address}\"";

        public string SourceIn(string packagesFolder) =>
            System.IO.Path.Combine(packagesFolder, Package, Path.Replace('/', System.IO.Path.DirectorySeparatorChar));
    }
}
