namespace DeepNotes;

/// <summary>The MIME types that the library's values can be shown as.</summary>
internal static class MimeTypes
{
    public const string Plotly = "application/vnd.plotly.v1+json";
    public const string Svg = "image/svg+xml";
    public const string Html = "text/html";
    public const string PlainText = "text/plain";
}
