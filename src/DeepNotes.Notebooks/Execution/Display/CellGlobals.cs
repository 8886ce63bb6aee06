using System.Diagnostics.CodeAnalysis;

namespace DeepNotes.Notebooks.Execution;

/// <summary>What every cell can call without a using.</summary>
[SuppressMessage("Naming", "CA1708", Justification = "display(x) and x.Display() are the names that C# notebooks know.")]
public static class CellGlobals
{
    /// <summary>Shows a value now; the handle replaces what is shown.</summary>
    public static DisplayedValue display(object? value) => Displays.Show(value, mimeType: null);

    /// <summary>Shows a value in one form only, for example "text/html" or "text/markdown".</summary>
    public static DisplayedValue display(object? value, string mimeType) => Displays.Show(value, mimeType);

    /// <summary>Shows the value now, as <see cref="display(object?)"/> does.</summary>
    public static DisplayedValue Display(this object? value) => Displays.Show(value, mimeType: null);

    /// <inheritdoc cref="display(object?, string)"/>
    public static DisplayedValue Display(this object? value, string mimeType) => Displays.Show(value, mimeType);

    /// <summary>Takes back what the cell has shown so far.</summary>
    /// <param name="wait">Only when the next output comes, so that nothing flickers.</param>
    public static void ClearOutput(bool wait = false) => Displays.Clear(wait);

    /// <summary>HTML as a value: shown as it is, not escaped.</summary>
    public static HtmlText HTML(string content) => new(content);
}

/// <summary>A string that is HTML.</summary>
public sealed record HtmlText(string Content)
{
    public string ToHtml() => Content;

    public override string ToString() => Content;
}
