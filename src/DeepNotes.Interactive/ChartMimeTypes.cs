namespace DeepNotes.Interactive;

/// <summary>The MIME types in which hosts show a chart.</summary>
internal static class ChartMimeTypes
{
    /// <summary>
    /// As a Jupyter kernel, .NET Interactive sends a plotly figure as a string instead of JSON, which no client renders, so that a
    /// chart is shown as SVG there. Other hosts of .NET Interactive render the figure.
    /// </summary>
    public static string[] OfHost(IEnumerable<string> commandLine) =>
        commandLine.Contains("jupyter") ? [MimeTypes.Svg, MimeTypes.PlainText] : [MimeTypes.Plotly, MimeTypes.Svg, MimeTypes.PlainText];
}
