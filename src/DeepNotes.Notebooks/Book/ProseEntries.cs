using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace DeepNotes.Notebooks.Book;

/// <summary>Search entries of prose: each heading, and each paragraph under its heading.</summary>
internal static class ProseEntries
{
    /// <param name="prose">A cell's Markdown; its headings have ids.</param>
    /// <param name="cell">The cell's id in the page, the anchor of text before the cell's first heading.</param>
    /// <param name="heading">The heading above such text.</param>
    public static IEnumerable<SearchEntry> Of(MarkdownDocument prose, string cell, string heading)
    {
        var anchor = cell;
        foreach (var block in prose)
        {
            if (block is HeadingBlock { Inline: { } inline } next && next.GetAttributes().Id is { } id)
            {
                (anchor, heading) = (id, SearchIndex.Words(MarkdownDialect.Render(inline)));
                yield return new SearchEntry(anchor, heading, "", "heading");
            }
            else if (block is not (ReadyHtml or CodeBlock) && SearchIndex.Words(MarkdownDialect.Render(block)) is { Length: > 0 } words)
            {
                yield return new SearchEntry(anchor, heading, words, "text");
            }
        }
    }

    /// <summary>A card is one entry, under its question.</summary>
    public static SearchEntry OfCard(Card card, string html) =>
        new(card.Anchor, SearchIndex.Words($"{card.Question} {card.Original}"), SearchIndex.Words(Card.BelowHeading(html)), "card");
}
