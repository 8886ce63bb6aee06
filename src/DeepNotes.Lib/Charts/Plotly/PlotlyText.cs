namespace DeepNotes;

/// <summary>Text for plotly.js, which reads a small HTML in every string that it shows.</summary>
internal static class PlotlyText
{
    public static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
