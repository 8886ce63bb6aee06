using System.Diagnostics.CodeAnalysis;
using DeepNotes.Notebooks.Documents;
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting;

namespace DeepNotes.Notebooks.Execution;

/// <summary>What every cell can call without a using.</summary>
[SuppressMessage("Naming", "CA1708", Justification = "display(x) and x.Display() are the names that C# notebooks know.")]
public static class CellGlobals
{
    /// <summary>Shows a value now; the handle replaces what is shown.</summary>
    /// <param name="value">The value.</param>
    /// <param name="mimeTypes">The only forms to show it in, for example "text/html" or "text/markdown"; none for all that it has.</param>
    public static DisplayedValue display(object? value, params string[] mimeTypes) => Displays.Show(value, mimeTypes);

    /// <summary>Shows the value now, as <see cref="display"/> does.</summary>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) => Displays.Show(value, mimeTypes);

    /// <summary>Shows text that is of a MIME type already: <c>"&lt;b&gt;x&lt;/b&gt;".DisplayAs("text/html")</c>.</summary>
    public static DisplayedValue DisplayAs(this string value, string mimeType) => Displays.Show(value, mimeType);

    /// <summary>Shows a sequence as a table, also of numbers, strings, and objects of different types.</summary>
    public static DisplayedValue DisplayTable<T>(this IEnumerable<T>? value, params string[] mimeTypes) =>
        Displays.Show(value is null ? null : TableRows.Of(value) ?? TableRows.OfAny(value), mimeTypes);

    /// <summary>Takes back what the cell has shown so far.</summary>
    /// <param name="wait">Only when the next output comes, so that nothing flickers.</param>
    public static void ClearOutput(bool wait = false) => Displays.Clear(wait);

    /// <summary>HTML as a value: shown as it is, not escaped.</summary>
    public static HtmlText HTML(string content) => new(content);

    /// <summary>Runs a script in the page that shows the output.</summary>
    public static void Javascript(string scriptContent) => Displays.Show(CellLanguage.JavaScript.AsShown(scriptContent), MimeBundle.Html);

    /// <summary>Adds a style sheet to the page that shows the output.</summary>
    public static void CSS(string content) => Displays.Show($"<style>{content}</style>", MimeBundle.Html);

    /// <summary>LaTeX as a value: shown as the formula.</summary>
    public static LaTeXString LaTeX(string code) => new(code);
}

/// <summary>A string that is HTML.</summary>
public sealed record HtmlText(string Content) : IHtmlContent
{
    public string ToHtml() => Content;

    public override string ToString() => Content;
}
