using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Classification;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace DeepNotes.Notebooks.Book;

/// <param name="Code">The source as written in the notebook.</param>
/// <param name="IsCell">True for a cell, whose declarations later cells see; false for code in prose.</param>
/// <param name="Language">The language in the cell's metadata; null for C#.</param>
internal sealed record CodeSnippet(string Code, bool IsCell, string? Language = null)
{
    /// <summary>The C# parts, at their original positions: all that is not C# (<c>#!html</c> and what follows) is blanked out.</summary>
    public string CSharp { get; } = CellParts.Of(Code, Language).CSharp;
}

/// <summary>
/// Highlights C# with Roslyn's classifier. The cells of a chapter form a chain of script submissions, so that a type
/// declared in one cell is recognised in the next. Name lookup follows the chain, and all its compilations stay in memory:
/// a long chapter is split into segments, each with a chain that begins with the earlier cells that it depends on.
/// </summary>
internal sealed class CodeColouring(IReadOnlyList<string> references, string? cacheFolder)
{
    private const string Version = "3";

    // Chapters of the book fit into one segment.
    private const int PieceLength = 100;

    // At most this many earlier cells, the latest ones: more would make the chain as long as the chapter.
    private const int MaxEarlierCells = 100;

    private static readonly string[] ScriptUsings =
        ["System", "System.IO", "System.Collections.Generic", "System.Linq", "System.Text", "System.Threading.Tasks"];

    // The classes of book.css; other classifications are plain text.
    private static readonly FrozenDictionary<string, string> StyleOf = new Dictionary<string, string>
    {
        [ClassificationTypeNames.Keyword] = "k",
        [ClassificationTypeNames.ControlKeyword] = "kc",
        [ClassificationTypeNames.PreprocessorKeyword] = "kp",
        [ClassificationTypeNames.PreprocessorText] = "s",
        [ClassificationTypeNames.ClassName] = "t",
        [ClassificationTypeNames.RecordClassName] = "t",
        [ClassificationTypeNames.StructName] = "t",
        [ClassificationTypeNames.RecordStructName] = "t",
        [ClassificationTypeNames.InterfaceName] = "t",
        [ClassificationTypeNames.EnumName] = "t",
        [ClassificationTypeNames.DelegateName] = "t",
        [ClassificationTypeNames.TypeParameterName] = "t",
        [ClassificationTypeNames.MethodName] = "m",
        [ClassificationTypeNames.ExtensionMethodName] = "m",
        [ClassificationTypeNames.StringLiteral] = "s",
        [ClassificationTypeNames.VerbatimStringLiteral] = "s",
        [ClassificationTypeNames.StringEscapeCharacter] = "s",
        [ClassificationTypeNames.NumericLiteral] = "n",
        [ClassificationTypeNames.Comment] = "c",
        [ClassificationTypeNames.XmlDocCommentText] = "c",
        [ClassificationTypeNames.XmlDocCommentDelimiter] = "c",
        [ClassificationTypeNames.XmlDocCommentName] = "c",
        [ClassificationTypeNames.ExcludedCode] = "c",
    }.ToFrozenDictionary();

    private readonly IReadOnlyList<string> _references = [.. references.Where(File.Exists)];

    private readonly Lazy<IReadOnlyList<MetadataReference>> _metadata = new(() =>
    [
        .. (((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")) ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(path => Path.GetFileName(path) is { } name && (name.StartsWith("System.", StringComparison.Ordinal) || name == "netstandard.dll"))
            .Concat(references.Where(File.Exists))
            .DistinctBy(Path.GetFileName)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ]);

    /// <summary>The snippets of one chapter as highlighted HTML, in order.</summary>
    public IReadOnlyList<string> Colour(string chapter, IReadOnlyList<CodeSnippet> snippets)
    {
        if (snippets.Count == 0)
        {
            return [];
        }

        if (cacheFolder is null)
        {
            return Classify(snippets);
        }

        var path = Path.Combine(cacheFolder, $"{chapter}.colours.json");
        var key = Key(snippets);
        if (ReadCache(path) is { } saved && saved.Key == key && saved.Html.Count == snippets.Count)
        {
            return saved.Html;
        }

        var html = Classify(snippets);
        AtomicFile.WriteAllText(path, JsonSerializer.Serialize(new Saved(key, html)));
        return html;
    }

    private List<string> Classify(IReadOnlyList<CodeSnippet> snippets) =>
        [.. Chains(snippets).SelectMany(chain => Classify(chain.Earlier, chain.Piece))];

    /// <summary>
    /// The compilation chains. Time and memory of a chain grow with the square of its length, so that its length is bounded
    /// independently of the chapter's.
    /// </summary>
    internal static IEnumerable<(IReadOnlyList<CodeSnippet> Earlier, IReadOnlyList<CodeSnippet> Piece)> Chains(IReadOnlyList<CodeSnippet> snippets)
    {
        var earlier = new EarlierCells(MaxEarlierCells);
        foreach (var piece in snippets.Chunk(PieceLength))
        {
            yield return (earlier.NeededBy(piece), piece);
            earlier.Add(piece);
        }
    }

    private List<string> Classify(IReadOnlyList<CodeSnippet> context, IReadOnlyList<CodeSnippet> snippets)
    {
        using var workspace = new AdhocWorkspace();
        var solution = workspace.CurrentSolution;
        var documents = new List<DocumentId>();
        ProjectId? previous = null;
        foreach (var snippet in context.Concat(snippets))
        {
            var project = ProjectId.CreateNewId();
            var document = DocumentId.CreateNewId(project);
            solution = solution
                .AddProject(Submission(project, previous, documents.Count))
                .AddDocument(DocumentInfo.Create(
                    document, "cell.csx", sourceCodeKind: SourceCodeKind.Script,
                    loader: TextLoader.From(TextAndVersion.Create(SourceText.From(snippet.CSharp), VersionStamp.Default))));
            documents.Add(document);
            previous = snippet.IsCell ? project : previous;
        }

        return [.. documents.Skip(context.Count).Zip(snippets, (id, snippet) => ToHtml(snippet.Code, Spans(solution.GetDocument(id)!, snippet.Code.Length)))];
    }

    private ProjectInfo Submission(ProjectId id, ProjectId? previous, int index) => ProjectInfo.Create(
        id, VersionStamp.Default, $"Submission{index}", $"Submission{index}", LanguageNames.CSharp,
        isSubmission: true,
        parseOptions: CellSource.ParseOptions.WithDocumentationMode(DocumentationMode.Parse),
        compilationOptions: new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, scriptClassName: $"Submission{index}", usings: ScriptUsings, allowUnsafe: true),
        metadataReferences: _metadata.Value,
        projectReferences: previous is null ? [] : [new ProjectReference(previous)]);

    private static List<ClassifiedSpan> Spans(Document document, int length) =>
        [.. Classifier.GetClassifiedSpansAsync(document, new TextSpan(0, length)).GetAwaiter().GetResult()];

    private static string ToHtml(string code, List<ClassifiedSpan> spans)
    {
        var html = new StringBuilder();
        var position = 0;
        foreach (var span in spans.Where(span => StyleOf.ContainsKey(span.ClassificationType)).OrderBy(span => span.TextSpan.Start))
        {
            if (span.TextSpan.Start < position)
            {
                continue;
            }

            html.Append(Html.Escape(code[position..span.TextSpan.Start]))
                .Append("<span class=\"").Append(StyleOf[span.ClassificationType]).Append("\">")
                .Append(Html.Escape(code[span.TextSpan.Start..span.TextSpan.End])).Append("</span>");
            position = span.TextSpan.End;
        }

        return html.Append(Html.Escape(code[position..])).ToString();
    }

    private string Key(IReadOnlyList<CodeSnippet> snippets)
    {
        var parts = snippets.Select(snippet => $"{snippet.IsCell} {snippet.Language}\n{snippet.Code}")
            .Concat(_references.Select(path => $"{path} {new FileInfo(path).Length} {File.GetLastWriteTimeUtc(path).Ticks}"))
            .Prepend(Version);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))));
    }

    private static Saved? ReadCache(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Saved>(File.ReadAllText(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private sealed record Saved(string Key, IReadOnlyList<string> Html);
}
