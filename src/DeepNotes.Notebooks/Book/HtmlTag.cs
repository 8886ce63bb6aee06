using System.Net;
using System.Text;

namespace DeepNotes.Notebooks.Book;

/// <summary>A start tag of raw HTML: its name in lower case, and its decoded attributes.</summary>
internal sealed class HtmlTag(string name, IEnumerable<KeyValuePair<string, string?>> attributes)
{
    private readonly List<KeyValuePair<string, string?>> _attributes =
        [.. attributes.DistinctBy(attribute => attribute.Key)]; // the first of several equal names wins

    public string Name { get; } = name;

    public IReadOnlyList<KeyValuePair<string, string?>> Attributes => _attributes;

    /// <summary>An attribute's value; null when it is absent. Setting null removes it.</summary>
    public string? this[string attribute]
    {
        get => _attributes.Find(pair => pair.Key == attribute).Value;
        set
        {
            var place = _attributes.FindIndex(pair => pair.Key == attribute);
            if (place < 0 && value is not null)
            {
                _attributes.Add(new(attribute, value));
            }
            else if (place >= 0 && value is null)
            {
                _attributes.RemoveAt(place);
            }
            else if (place >= 0)
            {
                _attributes[place] = new(attribute, value);
            }
        }
    }

    public void Keep(Func<string, string?, bool> allowed) => _attributes.RemoveAll(pair => !allowed(pair.Key, pair.Value));

    /// <param name="name">The name as written.</param>
    /// <param name="value">The value as written, without quotes; null for an attribute without a value.</param>
    public static KeyValuePair<string, string?> Attribute(string name, string? value) =>
        new(name.ToLowerInvariant(), value is null ? null : WebUtility.HtmlDecode(value));

    public override string ToString()
    {
        var text = new StringBuilder($"<{Name}");
        foreach (var (attribute, value) in _attributes)
        {
            text.Append(' ').Append(attribute).Append(value is null ? "" : $"=\"{Html.Escape(value)}\"");
        }

        return text.Append('>').ToString();
    }
}
