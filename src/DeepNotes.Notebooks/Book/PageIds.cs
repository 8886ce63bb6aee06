using System.Globalization;
using System.Text;

namespace DeepNotes.Notebooks.Book;

/// <summary>Ids that are given once in a page.</summary>
internal sealed class PageIds
{
    // Those of the page template itself.
    private readonly HashSet<string> _given = new(StringComparer.Ordinal) { "content", "contents", "top", "search-results" };
    private readonly Dictionary<string, int> _tried = new(StringComparer.Ordinal);

    /// <summary>The heading's words in lower case, joined by hyphens, as links in notebooks are written.</summary>
    public string ForHeading(string text) => Claim(Slug(text) is { Length: > 0 } slug ? slug : "section");

    /// <summary>The words in lower case, joined by hyphens; the same for what Jupyter calls a heading's anchor.</summary>
    public static string Slug(string text)
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

        return slug.ToString();
    }

    public string ForCell(string cellId) => Claim(cellId.StartsWith("cell-", StringComparison.Ordinal) ? cellId : $"cell-{cellId}");

    public string ForCard(string id) => Claim($"card-{id}");

    /// <summary>The wish, or where it is given already the wish with the next number.</summary>
    public string Claim(string wish)
    {
        // An id with a space can't be linked to, and half of a surrogate pair can't be written.
        wish = string.Concat(wish.EnumerateRunes().Select(rune => Rune.IsWhiteSpace(rune) || Rune.IsControl(rune) || rune == Rune.ReplacementChar ? "-" : rune.ToString()));
        var id = wish;
        while (!_given.Add(id))
        {
            _tried[wish] = _tried.GetValueOrDefault(wish) + 1;
            id = $"{wish}-{_tried[wish]}";
        }

        return id;
    }
}

/// <summary>What "Figure 3" or "(3)" says, and the id in the page that a link to it leads to.</summary>
internal sealed record NumberInPage(int Number, string Id);
