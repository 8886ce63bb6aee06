using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepNotes.Notebooks.Execution;

/// <summary>Suggests the using directive or package for a name that the compiler does not find.</summary>
internal static class KnownNames
{
    private const string TagsNamespace = "Microsoft.DotNet.Interactive.Formatting.PocketViewTags";
    private const string Library = "add #r \"…/DeepNotes.Lib.dll\" and using DeepNotes; as the first cell of each chapter does";
    private const string OfInteractive = "it is a part of .NET Interactive that this engine does not have; only C# runs here, in one session";

    // Namespace, its package, and its most common types.
    private static readonly (string Namespace, string Package, string[] Types)[] Packages =
    [
        ("Newtonsoft.Json.Linq", "Newtonsoft.Json", ["JObject", "JArray", "JToken"]),
        ("Newtonsoft.Json", "Newtonsoft.Json", ["JsonConvert"]),
        ("MathNet.Numerics.LinearAlgebra", "MathNet.Numerics", ["Matrix", "Vector"]),
        ("MathNet.Numerics", "MathNet.Numerics", ["SpecialFunctions"]),
        ("Microsoft.ML.OnnxRuntime", "Microsoft.ML.OnnxRuntime", ["InferenceSession"]),
        ("Microsoft.ML.AutoML", "Microsoft.ML.AutoML", []),
        ("Microsoft.ML", "Microsoft.ML", ["MLContext", "IDataView"]),
        ("Microsoft.Data.Analysis", "Microsoft.Data.Analysis", ["DataFrame"]),
        ("Microsoft.Data.Sqlite", "Microsoft.Data.Sqlite", ["SqliteConnection"]),
        ("Microsoft.Data.SqlClient", "Microsoft.Data.SqlClient", ["SqlConnection"]),
        ("Microsoft.EntityFrameworkCore", "Microsoft.EntityFrameworkCore", ["DbContext"]),
        ("Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.DependencyInjection", ["ServiceCollection"]),
        ("Microsoft.Extensions.Logging", "Microsoft.Extensions.Logging", ["ILogger"]),
        ("TorchSharp", "TorchSharp-cpu", ["torch"]),
        ("Plotly.NET", "Plotly.NET", ["GenericChart"]),
        ("XPlot.Plotly", "XPlot.Plotly", []),
        ("ScottPlot", "ScottPlot", []),
        ("NumSharp", "NumSharp", []),
        ("Octokit", "Octokit", ["GitHubClient"]),
        ("Dapper", "Dapper", ["SqlMapper"]),
        ("CsvHelper", "CsvHelper", ["CsvReader"]),
        ("HtmlAgilityPack", "HtmlAgilityPack", ["HtmlDocument"]),
        ("AngleSharp", "AngleSharp", ["BrowsingContext"]),
        ("SkiaSharp", "SkiaSharp", ["SKBitmap", "SKImage", "SKCanvas"]),
        ("SixLabors.ImageSharp", "SixLabors.ImageSharp", ["Image"]),
        ("OpenCvSharp", "OpenCvSharp4", ["Mat"]),
        ("System.Drawing", "System.Drawing.Common", ["Bitmap"]),
        ("System.Reactive.Linq", "System.Reactive", ["Observable"]),
        ("NodaTime", "NodaTime", ["SystemClock"]),
        ("Humanizer", "Humanizer", []),
        ("YamlDotNet", "YamlDotNet", []),
        ("BenchmarkDotNet", "BenchmarkDotNet", ["BenchmarkRunner"]),
        ("Spectre.Console", "Spectre.Console", ["AnsiConsole"]),
        ("Xunit", "xunit.assert", ["Assert"]),
        ("ILGPU", "ILGPU", []),
    ];

    private static readonly HashSet<string> InteractiveTypes =
    [
        "SubmitCode", "SendEditableCode", "KernelCommand", "KernelEvent", "CompositeKernel", "CSharpKernel", "IKernelExtension", "RequestInput", "TabularDataResource",
        "DisplayEvent", "ValueProduced", "KernelExtensions", "SqlKernel", "HttpKernel",
    ];

    public static string? OfType(string name, CSharpCompilation compilation) =>
        Namespaces(name, compilation).Take(2).ToArray() is { Length: > 0 } found ? $"add {string.Join(" or ", found.Select(space => $"using {space};"))}"
        : InteractiveTypes.Contains(name) ? OfInteractive
        : name is "Tensor" or "Prove" or "Sequential" or "Trainer" or "Loss" or "Mnist" ? Library
        : typeof(Microsoft.DotNet.Interactive.Formatting.PocketViewTags).GetProperty(name) is not null ? $"add using static {TagsNamespace};"
        : Packages.FirstOrDefault(package => package.Types.Contains(name)) is { Package: { } package } known ? $"add #r \"nuget: {package}\" and using {known.Namespace};"
        : null;

    /// <summary>Advice for a namespace that no reference contains.</summary>
    public static string? OfNamespace(string name)
    {
        bool Begins(string space) => name == space || name.StartsWith(space + ".", StringComparison.Ordinal);
        return Begins("DeepNotes") ? Library
            : Begins("Microsoft.DotNet.Interactive") || Begins("Interactive") ? OfInteractive
            : Packages.Where(package => Begins(package.Namespace)).OrderByDescending(package => package.Namespace.Length).FirstOrDefault().Package is { } found
                ? $"add #r \"nuget: {found}\""
            : !name.StartsWith("System", StringComparison.Ordinal) && name != "Microsoft"
                && Packages.FirstOrDefault(package => package.Namespace.StartsWith(name + ".", StringComparison.Ordinal)).Package is { } first
                ? $"add #r \"nuget: {first}\""
            : null;
    }

    // Namespaces of the referenced public types with this name.
    private static IEnumerable<string> Namespaces(string name, CSharpCompilation compilation) =>
        compilation.SourceModule.ReferencedAssemblySymbols
            .Where(assembly => assembly.TypeNames.Contains(name))
            .SelectMany(assembly => Holding(assembly.GlobalNamespace, name))
            .Distinct()
            .OrderBy(space => !space.StartsWith("System", StringComparison.Ordinal))
            .ThenBy(space => space.Count(character => character == '.'))
            .ThenBy(space => space, StringComparer.Ordinal);

    private static IEnumerable<string> Holding(INamespaceSymbol space, string name) =>
        space.GetNamespaceMembers().SelectMany(inner => Holding(inner, name))
            .Concat(!space.IsGlobalNamespace && space.GetTypeMembers(name).Any(type => type.DeclaredAccessibility == Accessibility.Public) && !space.ToDisplayString().StartsWith("DeepNotes.Notebooks", StringComparison.Ordinal)
                ? [space.ToDisplayString()]
                : []);
}
