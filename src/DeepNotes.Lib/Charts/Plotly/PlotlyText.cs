namespace DeepNotes;

/// <summary>Escapes text for plotly.js, which interprets a subset of HTML in every string.</summary>
internal static class PlotlyText
{
    public static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
