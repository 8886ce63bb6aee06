using System.Diagnostics.CodeAnalysis;
using DeepNotes.Notebooks.Documents;
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting;

namespace DeepNotes.Notebooks.Execution;

/// <summary>Functions and extension methods available in every cell without a using directive.</summary>
[SuppressMessage("Naming", "CA1708", Justification = "display(x) and x.Display() are the established names in C# notebooks.")]
public static class CellGlobals
{
    /// <summary>Displays a value immediately; the returned handle can update it.</summary>
    /// <param name="value">The value.</param>
    /// <param name="mimeTypes">The MIME types to display, for example "text/html" or "text/markdown"; none for all available.</param>
    public static DisplayedValue display(object? value, params string[] mimeTypes) => Displays.Show(value, mimeTypes);

    /// <summary>Displays the value immediately, like <see cref="display"/>.</summary>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) => Displays.Show(value, mimeTypes);

    /// <summary>Displays text that already has the given MIME type: <c>"&lt;b&gt;x&lt;/b&gt;".DisplayAs("text/html")</c>.</summary>
    public static DisplayedValue DisplayAs(this string value, string mimeType) => Displays.Show(value, mimeType);

    /// <summary>Displays a sequence as a table, including sequences of numbers, strings, or objects of different types.</summary>
    public static DisplayedValue DisplayTable<T>(this IEnumerable<T>? value, params string[] mimeTypes) =>
        Displays.Show(value is null ? null : TableRows.Of(value) ?? TableRows.OfAny(value), mimeTypes);

    /// <summary>Clears the output of the cell.</summary>
    /// <param name="wait">Whether to wait for the next output, which avoids flicker.</param>
    public static void ClearOutput(bool wait = false) => Displays.Clear(wait);

    /// <summary>A value that is displayed as HTML, without escaping.</summary>
    public static HtmlText HTML(string content) => new(content);

    /// <summary>Runs a script in the page of the output.</summary>
    public static void Javascript(string scriptContent) => Displays.Show(CellLanguage.JavaScript.ToDisplay(scriptContent), MimeBundle.Html);

    /// <summary>Adds a style sheet to the page of the output.</summary>
    public static void CSS(string content) => Displays.Show($"<style>{content}</style>", MimeBundle.Html);

    /// <summary>A value that is displayed as a LaTeX formula.</summary>
    public static LaTeXString LaTeX(string code) => new(code);
}

/// <summary>A string of HTML.</summary>
public sealed record HtmlText(string Content) : IHtmlContent
{
    public string ToHtml() => Content;

    public override string ToString() => Content;
}
