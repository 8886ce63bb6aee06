using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DeepNotes.Notebooks.Execution;

/// <summary>The parsed text of a cell, and of the files that it loads.</summary>
internal sealed class CellSource
{
    /// <summary>The newest released C# that the compiler supports: never older than the SDK's, and without preview features.</summary>
    public static readonly CSharpParseOptions ParseOptions =
        new(LanguageVersion.Latest.MapSpecifiedToEffectiveVersion(), kind: SourceCodeKind.Script);

    private readonly IReadOnlyList<ReferenceDirectiveTriviaSyntax> _below;

    public CellSource(string code, string name)
    {
        Name = name;
        (Tree, _below) = Parse(code, name);
    }

    public string Name { get; }

    public SyntaxTree Tree { get; }

    public bool HasSyntaxErrors => Tree.GetDiagnostics().Any(problem => problem.Severity == DiagnosticSeverity.Error);

    /// <summary>Whether the cell has only comments, usings and references.</summary>
    public bool IsEmpty => Root.Members.Count == 0 && Root.GetLoadDirectives().Count == 0;

    /// <summary>Whether it has a <c>#r</c> or a <c>#load</c>.</summary>
    public bool HasReferencesOrLoads => Root.GetReferenceDirectives().Count > 0 || _below.Count > 0 || Root.GetLoadDirectives().Count > 0;

    /// <summary>A note on a cell that compiles: a Main that is never called, where the cell contains nothing else.</summary>
    public string? Note =>
        Root.Members.Count > 0
        && Root.Members.All(member => member is BaseTypeDeclarationSyntax or MethodDeclarationSyntax)
        && Root.DescendantNodes().OfType<MethodDeclarationSyntax>().FirstOrDefault(method => method.Identifier.ValueText == "Main" && method.Modifiers.Any(SyntaxKind.StaticKeyword)) is { } main
            ? $"{Name}: {(main.Parent is TypeDeclarationSyntax type ? type.Identifier.ValueText + "." : "")}Main is declared but not called: the statements of a cell run without it.\n"
            : null;

    private CompilationUnitSyntax Root => (CompilationUnitSyntax)Tree.GetRoot();

    /// <summary>The syntax tree with interrupt checks inserted.</summary>
    public SyntaxTree WithInterruptChecks(bool inExpressions) => WithInterruptChecks(Tree, inExpressions);

    /// <summary>The text of a loaded file with interrupt checks, or unchanged where they would not compile.</summary>
    public static SourceText LoadedText(string path, bool withChecks)
    {
        var (tree, _) = ParseFile(path);
        if (!withChecks)
        {
            return tree.GetText();
        }

        var text = SourceText.From(WithInterruptChecks(tree, inExpressions: false).GetRoot().ToFullString(), Encoding.UTF8);
        return CSharpSyntaxTree.ParseText(text, ParseOptions).GetDiagnostics().Any() ? tree.GetText() : text;
    }

    /// <summary>Each <c>#r</c> of the cell and of the files it loads, with its location.</summary>
    public IEnumerable<(string Reference, Location Location)> References(string workingDirectory)
    {
        var sources = new Queue<(SyntaxTree Tree, IReadOnlyList<ReferenceDirectiveTriviaSyntax> Below)>([(Tree, _below)]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (sources.TryDequeue(out var source))
        {
            var tree = source.Tree;
            var root = (CompilationUnitSyntax)tree.GetRoot();
            // A missing path is reported by the compiler.
            foreach (var reference in root.GetReferenceDirectives().Where(reference => !reference.File.IsMissing).Concat(source.Below))
            {
                yield return (reference.File.ValueText, reference.GetLocation());
            }

            foreach (var load in root.GetLoadDirectives())
            {
                var path = LoadedPath(load.File.ValueText, tree.FilePath, workingDirectory);
                if (File.Exists(path) && seen.Add(path))
                {
                    sources.Enqueue(ParseFile(path));
                }
            }
        }
    }

    /// <summary>Relative to the file that loads it, and in a cell to the working directory.</summary>
    public static string LoadedPath(string path, string? loadedBy, string workingDirectory) =>
        Path.GetFullPath(path, Path.IsPathFullyQualified(loadedBy ?? "") ? Path.GetDirectoryName(loadedBy)! : workingDirectory);

    /// <exception cref="CellRejectedException">The file has lines that are not C#; the parser would silently take them for comments.</exception>
    private static (SyntaxTree Tree, IReadOnlyList<ReferenceDirectiveTriviaSyntax> Below) ParseFile(string path)
    {
        var name = Path.GetFileName(path);
        if (Path.GetExtension(path) is ".ipynb" or ".dib")
        {
            throw new CellRejectedException(CellErrors.Describe("ReferenceError", $"#load \"{name}\": expected a C# file (.csx, .cs), got a notebook. Move shared code to a .csx file."));
        }

        var code = File.ReadAllText(path);
        var parts = CellParts.Of(code);
        if (parts.Refusal is { } refusal)
        {
            throw new CellRejectedException(CellErrors.Rejected(refusal, name));
        }

        return parts.Parts.All(part => part is CodePart)
            ? Parse(parts.CSharp, path)
            : throw new CellRejectedException(CellErrors.Describe("ReferenceError", $"#load \"{name}\": expected a C# file, got one with commands that work in cells only (#!lsmagic lists them)."));
    }

    private static (SyntaxTree Tree, IReadOnlyList<ReferenceDirectiveTriviaSyntax> Below) Parse(string code, string path)
    {
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(code, Encoding.UTF8), ParseOptions, path);
        var below = ReferencesBelowCode(tree);
        var blanked = below.Select(reference => new TextChange(reference.Span, Blank(reference.ToString())));
        var variables = tree.GetRoot().DescendantTokens(descendIntoTrivia: true).Where(IsTakenForDeclaration).Select(token => new TextChange(new TextSpan(token.SpanStart, 0), "@"));
        var changes = blanked.Concat(variables).OrderBy(change => change.Span.Start).ToArray();
        return (changes.Length == 0 ? tree : CSharpSyntaxTree.ParseText(tree.GetText().WithChanges(changes), ParseOptions, path), below);
    }

    // The compiler knows #r only before the first token; .NET Interactive follows it on any line, as after usings.
    private static ReferenceDirectiveTriviaSyntax[] ReferencesBelowCode(SyntaxTree tree)
    {
        var start = tree.GetRoot().GetFirstToken(includeZeroWidth: true).SpanStart;
        return
        [
            .. tree.GetRoot().DescendantNodes(descendIntoTrivia: true).OfType<ReferenceDirectiveTriviaSyntax>()
                .Where(reference => reference.IsActive && !reference.File.IsMissing && reference.SpanStart > start),
        ];
    }

    // A directive ends with its line break.
    private static string Blank(string text) => string.Concat(text.Select(character => character is '\r' or '\n' ? character : ' '));

    // record, extension and union are contextual keywords, and plain names in older code; at the start of a statement the
    // script parser takes them for a type declaration regardless of what follows: "union.Add(1);".
    private static bool IsTakenForDeclaration(SyntaxToken token) =>
        token.Text is "record" or "extension" or "union" && !token.IsKind(SyntaxKind.IdentifierToken)
        && !(token.GetNextToken(includeSkipped: true).Kind() is SyntaxKind.IdentifierToken or SyntaxKind.ClassKeyword or SyntaxKind.StructKeyword or SyntaxKind.OpenParenToken or SyntaxKind.LessThanToken);

    private static SyntaxTree WithInterruptChecks(SyntaxTree tree, bool inExpressions) =>
        CSharpSyntaxTree.Create((CSharpSyntaxNode)new InterruptChecks(inExpressions).Visit(tree.GetRoot())!, ParseOptions, tree.FilePath, Encoding.UTF8);
}

/// <summary>Reads the files of <c>#load</c>, with or without interrupt checks.</summary>
internal sealed class LoadResolver(string workingDirectory, bool withChecks) : SourceReferenceResolver
{
    public override string? NormalizePath(string path, string? baseFilePath) => path;

    public override string? ResolveReference(string path, string? baseFilePath)
    {
        var full = CellSource.LoadedPath(path, baseFilePath, workingDirectory);
        return File.Exists(full) ? full : null;
    }

    public override Stream OpenRead(string resolvedPath) => File.OpenRead(resolvedPath);

    public override SourceText ReadText(string resolvedPath) => CellSource.LoadedText(resolvedPath, withChecks);

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => workingDirectory.GetHashCode(StringComparison.Ordinal);
}

/// <summary>Resolves <c>#r</c> to a placeholder: references are resolved before a cell is compiled.</summary>
internal sealed class KnownReferences : MetadataReferenceResolver
{
    private static readonly ImmutableArray<PortableExecutableReference> Known =
        [(PortableExecutableReference)FrameworkReferences.All[0]];

    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties) => Known;

    public override bool Equals(object? other) => other is KnownReferences;

    public override int GetHashCode() => 0;
}
