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
    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp13, kind: SourceCodeKind.Script);

    public CellSource(string code, string name)
    {
        Name = name;
        Tree = Parse(code, name);
    }

    public string Name { get; }

    public SyntaxTree Tree { get; }

    public bool HasSyntaxErrors => Tree.GetDiagnostics().Any(problem => problem.Severity == DiagnosticSeverity.Error);

    /// <summary>Nothing but comments, usings and references.</summary>
    public bool IsEmpty => Root.Members.Count == 0 && Root.GetLoadDirectives().Count == 0;

    private CompilationUnitSyntax Root => (CompilationUnitSyntax)Tree.GetRoot();

    /// <summary>The cell with checks for a request to stop.</summary>
    public SyntaxTree WithInterruptChecks(bool inExpressions) => WithInterruptChecks(Tree, inExpressions);

    /// <summary>The text of a loaded file with checks, or as it is where they do not fit in.</summary>
    public static SourceText LoadedText(string path, bool withChecks)
    {
        var tree = Parse(File.ReadAllText(path), path);
        if (!withChecks)
        {
            return tree.GetText();
        }

        var text = SourceText.From(WithInterruptChecks(tree, inExpressions: false).GetRoot().ToFullString(), Encoding.UTF8);
        return CSharpSyntaxTree.ParseText(text, ParseOptions).GetDiagnostics().Any() ? tree.GetText() : text;
    }

    /// <summary>Each <c>#r</c> of the cell and of the files it loads, with the place where it stands.</summary>
    public IEnumerable<(string Reference, Location Location)> References(string workingDirectory)
    {
        var trees = new Queue<SyntaxTree>([Tree]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (trees.TryDequeue(out var tree))
        {
            var root = (CompilationUnitSyntax)tree.GetRoot();
            foreach (var reference in root.GetReferenceDirectives())
            {
                yield return (reference.File.ValueText, reference.GetLocation());
            }

            foreach (var load in root.GetLoadDirectives())
            {
                var path = LoadedPath(load.File.ValueText, tree.FilePath, workingDirectory);
                if (File.Exists(path) && seen.Add(path))
                {
                    trees.Enqueue(Parse(File.ReadAllText(path), path));
                }
            }
        }
    }

    /// <summary>Relative to the file that loads it, and in a cell to the working directory.</summary>
    public static string LoadedPath(string path, string? loadedBy, string workingDirectory) =>
        Path.GetFullPath(path, Path.IsPathFullyQualified(loadedBy ?? "") ? Path.GetDirectoryName(loadedBy)! : workingDirectory);

    private static SyntaxTree Parse(string code, string path) =>
        CSharpSyntaxTree.ParseText(SourceText.From(code, Encoding.UTF8), ParseOptions, path);

    private static SyntaxTree WithInterruptChecks(SyntaxTree tree, bool inExpressions) =>
        CSharpSyntaxTree.Create((CSharpSyntaxNode)new InterruptChecks(inExpressions).Visit(tree.GetRoot())!, ParseOptions, tree.FilePath, Encoding.UTF8);
}

/// <summary>Reads the files of <c>#load</c>, with checks or as they are.</summary>
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

/// <summary><c>#r</c> is resolved before a cell is compiled: here each is known already.</summary>
internal sealed class KnownReferences : MetadataReferenceResolver
{
    private static readonly ImmutableArray<PortableExecutableReference> Known =
        [(PortableExecutableReference)FrameworkReferences.All[0]];

    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties) => Known;

    public override bool Equals(object? other) => other is KnownReferences;

    public override int GetHashCode() => 0;
}
