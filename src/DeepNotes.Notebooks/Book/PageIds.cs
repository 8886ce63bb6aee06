using System.Globalization;
using System.Text;

namespace DeepNotes.Notebooks.Book;

/// <summary>Unique ids of a page.</summary>
internal sealed class PageIds
{
    // Initially the ids of the page template.
    private readonly HashSet<string> _given = new(StringComparer.Ordinal) { "content", "contents", "top", "search-results" };
    private readonly Dictionary<string, int> _tried = new(StringComparer.Ordinal);

    /// <summary>The id of a heading: its words in lower case, joined by hyphens, as links in notebooks are written.</summary>
    public string ForHeading(string text) => Claim(Slug(text) is { Length: > 0 } slug ? slug : "section");

    /// <summary>The words in lower case, joined by hyphens; Jupyter's anchor of the same heading has the same slug.</summary>
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

    /// <summary>The preferred id, with a number appended if it is already in use.</summary>
    public string Claim(string wish)
    {
        // An id with a space can't be linked to, and an unpaired surrogate can't be encoded.
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

/// <summary>A number such as that of "Figure 3" or "(3)", and its anchor in the page.</summary>
internal sealed record NumberInPage(int Number, string Id);
