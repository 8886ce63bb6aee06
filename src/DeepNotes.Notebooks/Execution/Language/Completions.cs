using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Recommendations;

namespace DeepNotes.Notebooks.Execution;

/// <summary>Completions at a position in a cell: symbols recommended by Roslyn, and keywords.</summary>
internal static class Completions
{
    private const int Most = 1000;

    // Contextual keywords, which the compiler does not list as reserved.
    private static readonly IEnumerable<string> Keywords = SyntaxFacts.GetReservedKeywordKinds().Select(SyntaxFacts.GetText)
        .Concat(["async", "await", "dynamic", "extension", "field", "global", "nameof", "record", "required", "var", "when", "where", "with", "yield"]);

    public static async Task<CompletionList> AtAsync(Document document, int position)
    {
        var code = (await document.GetTextAsync().ConfigureAwait(false)).ToString();
        var start = position;
        while (start > 0 && SyntaxFacts.IsIdentifierPartCharacter(code[start - 1]))
        {
            start--;
        }

        var typed = code[start..position];
        var symbols = await Recommender.GetRecommendedSymbolsAtPositionAsync(document, position).ConfigureAwait(false);
        var items = symbols
            .Where(symbol => symbol.CanBeReferencedByName && Fits(symbol.Name, typed) && !IsOurs(symbol))
            .GroupBy(symbol => symbol.Name, StringComparer.Ordinal)
            .Select(overloads => Item(overloads.First(), overloads.Count()))
            .ToList();
        if (!IsMember(code, start) && symbols.Any())
        {
            var known = items.Select(item => item.Text).ToHashSet(StringComparer.Ordinal);
            items.AddRange(Keywords.Where(word => Fits(word, typed) && !known.Contains(word)).Select(word => new Completion(word, "keyword", "")));
        }

        return new CompletionList(start, position,
        [
            .. items
                .OrderByDescending(item => item.Text.StartsWith(typed, StringComparison.Ordinal))
                .ThenBy(item => item.Text, StringComparer.OrdinalIgnoreCase)
                .Take(Most),
        ]);
    }

    private static bool Fits(string name, string typed) => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase);

    private static bool IsMember(string code, int start) => code[..start].TrimEnd() is [.., '.'] before && !before.EndsWith("..", StringComparison.Ordinal);

    // The engine is referenced for functions such as display(); its types are not offered, except for the notebook API.
    private static bool IsOurs(ISymbol symbol) =>
        symbol is INamespaceOrTypeSymbol && symbol.ContainingNamespace?.ToDisplayString().StartsWith("Microsoft.", StringComparison.Ordinal) != true && symbol.ContainingAssembly?.Name == typeof(Completions).Assembly.GetName().Name;

    private static Completion Item(ISymbol symbol, int overloads) => new(
        symbol.Name,
        Kind(symbol),
        symbol.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) + (overloads > 1 ? $" (+{overloads - 1})" : ""));

    private static string Kind(ISymbol symbol) => symbol switch
    {
        IMethodSymbol => "function",
        IPropertySymbol => "property",
        IFieldSymbol { IsConst: true } => "constant",
        IFieldSymbol { ContainingType.IsScriptClass: true } or ILocalSymbol or IParameterSymbol or IRangeVariableSymbol => "variable",
        IFieldSymbol => "field",
        IEventSymbol => "event",
        INamespaceSymbol => "module",
        ITypeSymbol { TypeKind: TypeKind.Interface } => "interface",
        ITypeSymbol { TypeKind: TypeKind.Enum } => "enum",
        ITypeSymbol { TypeKind: TypeKind.Struct } => "struct",
        ITypeSymbol => "class",
        _ => "text",
    };
}

/// <summary>A completion at the cursor.</summary>
/// <param name="Text">The text that replaces the word at the cursor.</param>
/// <param name="Kind">The kind in Jupyter's terms: "function", "class", "property", "keyword".</param>
/// <param name="Signature">The declaration; empty for a keyword.</param>
public sealed record Completion(string Text, string Kind, string Signature);

/// <param name="Start">The start of the word at the cursor.</param>
/// <param name="End">The position of the cursor.</param>
/// <param name="Items">The completions, best first.</param>
public sealed record CompletionList(int Start, int End, IReadOnlyList<Completion> Items);
