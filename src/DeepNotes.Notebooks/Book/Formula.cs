using System.Text.RegularExpressions;

namespace DeepNotes.Notebooks.Book;

/// <summary>Formulas as the page's script expects them: the LaTeX source in an element that KaTeX replaces.</summary>
internal static partial class Formula
{
    public const string Marker = "class=\"math";

    public static string Inline(string source) => $"<span {Marker}\">{Html.Escape(ForKatex(source.Trim()))}</span>";

    public static string Display(string source) => $"<div {Marker} display\">{Html.Escape(ForKatex(source.Trim()))}</div>";

    /// <summary>A displayed formula with its number at the right, which is its permalink.</summary>
    public static string Numbered(string display, NumberInPage equation)
    {
        var id = Html.Escape(equation.Id);
        return $"<div class=\"equation\" id=\"{id}\">\n{display}\n<a class=\"equation-number\" href=\"#{id}\" aria-label=\"Equation {equation.Number}\">({equation.Number})</a>\n</div>";
    }

    public static string DisplayInSentence(string source) => $"<span {Marker} display\">{Html.Escape(ForKatex(source.Trim()))}</span>";

    /// <summary>Formulas between $ in raw HTML, which the Markdown parser does not process.</summary>
    public static string InHtml(string html) => Dollars().Replace(html, match => match.Groups["display"].Success
        ? $"<span {Marker} display\">{match.Groups["display"].Value.Trim()}</span>"
        : match.Groups["inline"].Success ? $"<span {Marker}\">{match.Groups["inline"].Value}</span>" : match.Value);

    /// <summary>Inline HTML with formulas replaced by an ellipsis, where their LaTeX source would be shown; a plain symbol is kept.</summary>
    public static string LeftOut(string html) => Element().Replace(html, match =>
        match.Groups["source"].Value.AsSpan().ContainsAny('\\', '{', '&') ? "…" : match.Value);

    // Environments of MathJax that KaTeX lacks are replaced by the nearest one; labels are removed, because KaTeX has no references.
    private static string ForKatex(string source) => Foreign().Replace(source, match => match.Groups["edge"].Value switch
    {
        "" => "",
        "end" when match.Groups["name"].Value == "eqnarray" => @"\end{array}",
        var edge => match.Groups["name"].Value switch
        {
            "eqnarray" => @"\begin{array}{rcl}",
            "multline" => $@"\{edge}{{gather}}",
            _ => $@"\{edge}{{align}}",
        },
    });

    [GeneratedRegex(@"\\label\{[^}]*\}|\\(?<edge>begin|end)\{(?<name>eqnarray|multline|flalign)\*?\}")]
    private static partial Regex Foreign();

    [GeneratedRegex("""<(?<tag>span|div) class="math(?: display)?">(?<source>.*?)</\k<tag>>""", RegexOptions.Singleline)]
    private static partial Regex Element();

    // Tags and comments are skipped; the source is already HTML-escaped.
    [GeneratedRegex(@"<!--.*?-->|<[^>]*>|\$\$(?<display>[^$]+)\$\$|(?<display>\\begin\{(?<name>[a-zA-Z]+\*?)\}.*?\\end\{\k<name>\})|\$(?<inline>\S|\S[^$\n]*?\S)\$(?!\d)", RegexOptions.Singleline)]
    private static partial Regex Dollars();
}
