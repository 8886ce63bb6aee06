using System.Text.RegularExpressions;

namespace DeepNotes.Notebooks.Book;

/// <summary>A formula as the page's script expects it: its source in an element that KaTeX replaces.</summary>
internal static partial class Formula
{
    public const string Marker = "class=\"math";

    public static string Inline(string source) => $"<span {Marker}\">{Html.Escape(source.Trim())}</span>";

    public static string Display(string source) => $"<div {Marker} display\">{Html.Escape(source.Trim())}</div>";

    public static string DisplayInSentence(string source) => $"<span {Marker} display\">{Html.Escape(source.Trim())}</span>";

    /// <summary>Formulas between $ in raw HTML, where the Markdown parser does not look.</summary>
    public static string InHtml(string html) => Dollars().Replace(html, match => match.Groups["display"].Success
        ? $"<span {Marker} display\">{match.Groups["display"].Value.Trim()}</span>"
        : match.Groups["inline"].Success ? $"<span {Marker}\">{match.Groups["inline"].Value}</span>" : match.Value);

    // Tags and comments are stepped over; the escaping of the HTML is already that of the source.
    [GeneratedRegex(@"<!--.*?-->|<[^>]*>|\$\$(?<display>[^$]+)\$\$|\$(?<inline>\S|\S[^$\n]*?\S)\$(?!\d)", RegexOptions.Singleline)]
    private static partial Regex Dollars();
}
