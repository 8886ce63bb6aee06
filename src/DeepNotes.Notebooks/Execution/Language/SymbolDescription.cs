using DeepNotes.Notebooks.Documents;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FindSymbols;

namespace DeepNotes.Notebooks.Execution;

/// <summary>The declaration and documentation of the symbol at a position in a cell.</summary>
internal static class SymbolDescription
{
    /// <summary>Null if there is no symbol.</summary>
    public static async Task<MimeBundle?> AtAsync(Document document, int position)
    {
        // The cursor may be after the word.
        var symbol = await SymbolFinder.FindSymbolAtPositionAsync(document, position).ConfigureAwait(false)
            ?? (position > 0 ? await SymbolFinder.FindSymbolAtPositionAsync(document, position - 1).ConfigureAwait(false) : null);
        if (symbol is null)
        {
            return null;
        }

        var declaration = symbol.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        var documentation = DocumentationText.Of(symbol);
        return new MimeBundle
        {
            [MimeBundle.PlainText] = $"{declaration}\n{documentation}".TrimEnd(),
            [MimeBundle.Markdown] = $"```csharp\n{declaration}\n```\n\n{documentation.Replace("\n", "\n\n", StringComparison.Ordinal)}".TrimEnd(),
        };
    }
}
