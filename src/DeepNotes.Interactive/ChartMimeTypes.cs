namespace DeepNotes.Interactive;

/// <summary>The forms of a chart that a host shows.</summary>
internal static class ChartMimeTypes
{
    public const string Plotly = "application/vnd.plotly.v1+json";
    public const string Svg = "image/svg+xml";
    public const string PlainText = "text/plain";

    /// <summary>
    /// As a Jupyter kernel, .NET Interactive sends a figure as text within JSON, which no client draws: there a chart is
    /// its drawing. Its other hosts hand the figure on as it is.
    /// </summary>
    public static string[] OfHost(IEnumerable<string> commandLine) =>
        commandLine.Contains("jupyter") ? [Svg, PlainText] : [Plotly, Svg, PlainText];
}
