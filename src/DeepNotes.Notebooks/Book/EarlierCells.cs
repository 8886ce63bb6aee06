using DeepNotes.Notebooks.Execution;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeepNotes.Notebooks.Book;

/// <summary>The cells before a segment of a chapter, and which of them declare the names that the segment uses.</summary>
/// <param name="most">The maximum number of cells returned.</param>
internal sealed class EarlierCells(int most)
{
    private readonly List<(CodeSnippet Snippet, IReadOnlySet<string> Used)> _cells = [];
    private readonly Dictionary<string, int> _declaredIn = new(StringComparer.Ordinal);
    private readonly HashSet<string> _usings = new(StringComparer.Ordinal);

    public void Add(IEnumerable<CodeSnippet> snippets)
    {
        foreach (var snippet in snippets.Where(snippet => snippet.IsCell))
        {
            var root = Parse(snippet);
            _usings.UnionWith(root.Usings.Select(directive => directive.ToString()));
            foreach (var name in Declared(root))
            {
                _declaredIn[name] = _cells.Count; // a later declaration hides an earlier one
            }

            _cells.Add((snippet, Names(root)));
        }
    }

    /// <summary>All using directives so far, and the cells that declare the used names, transitively.</summary>
    public IReadOnlyList<CodeSnippet> NeededBy(IEnumerable<CodeSnippet> piece)
    {
        if (_cells.Count == 0)
        {
            return [];
        }

        // In descending order: a cell depends on earlier cells only.
        var needed = new SortedSet<int>();
        var open = new PriorityQueue<int, int>();
        Need(piece.SelectMany(snippet => Names(Parse(snippet))));
        while (needed.Count < most && open.TryDequeue(out var cell, out _))
        {
            if (needed.Add(cell))
            {
                Need(_cells[cell].Used.Where(name => _declaredIn.GetValueOrDefault(name, int.MaxValue) < cell));
            }
        }

        return [new CodeSnippet(string.Join('\n', _usings), IsCell: true), .. needed.Select(cell => _cells[cell].Snippet)];

        void Need(IEnumerable<string> names)
        {
            foreach (var name in names)
            {
                if (_declaredIn.TryGetValue(name, out var cell))
                {
                    open.Enqueue(cell, -cell);
                }
            }
        }
    }

    private static CompilationUnitSyntax Parse(CodeSnippet snippet) =>
        SyntaxFactory.ParseCompilationUnit(snippet.CSharp, options: CellSource.ParseOptions);

    private static HashSet<string> Names(CompilationUnitSyntax root) =>
        [.. root.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText)];

    // Declarations visible to later cells: not those inside a function, a type or a block.
    private static IEnumerable<string> Declared(CompilationUnitSyntax root) => root
        .DescendantNodes(node => node is not (
            BaseMethodDeclarationSyntax or TypeDeclarationSyntax or AnonymousFunctionExpressionSyntax or BlockSyntax or LocalFunctionStatementSyntax))
        .Select(node => node switch
        {
            VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
            SingleVariableDesignationSyntax variable => variable.Identifier.ValueText,
            MethodDeclarationSyntax method => method.Identifier.ValueText,
            PropertyDeclarationSyntax property => property.Identifier.ValueText,
            BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
            DelegateDeclarationSyntax type => type.Identifier.ValueText,
            _ => "",
        })
        .Where(name => name.Length > 0);
}
