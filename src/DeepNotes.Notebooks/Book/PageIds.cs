using System.Globalization;
using System.Text;

namespace DeepNotes.Notebooks.Book;

/// <summary>Ids that are given once in a page.</summary>
internal sealed class PageIds
{
    // Those of the page template itself.
    private readonly HashSet<string> _given = new(StringComparer.Ordinal) { "content", "contents", "top", "search-results" };

    /// <summary>The heading's words in lower case, joined by hyphens, as links in notebooks are written.</summary>
    public string ForHeading(string text)
    {
        var slug = new StringBuilder();
        foreach (var character in text.Trim().ToLower(CultureInfo.InvariantCulture))
        {
            if (char.IsLetterOrDigit(character) || character is '-' or '_')
            {
                slug.Append(character);
            }
            else if (char.IsWhiteSpace(character))
            {
                slug.Append('-');
            }
        }

        return Unique(slug.Length == 0 ? "section" : slug.ToString());
    }

    public string ForCell(string cellId) => Unique(cellId.StartsWith("cell-", StringComparison.Ordinal) ? cellId : $"cell-{cellId}");

    public string ForCard(string id) => Unique($"card-{id}");

    private string Unique(string wish)
    {
        var id = wish;
        for (var i = 1; !_given.Add(id); i++)
        {
            id = $"{wish}-{i}";
        }

        return id;
    }
}
