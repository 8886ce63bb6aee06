using System.Text.Json.Nodes;

namespace DeepNotes.Notebooks.Documents;

/// <summary>One value in several forms, by MIME type: text as a string or a list of lines, JSON types as JSON.</summary>
public sealed class MimeBundle
{
    public const string PlainText = "text/plain";
    public const string Html = "text/html";
    public const string Svg = "image/svg+xml";
    public const string Plotly = "application/vnd.plotly.v1+json";
    public const string Latex = "text/latex";
    public const string Markdown = "text/markdown";
    public const string Png = "image/png";

    private readonly SortedDictionary<string, JsonNode> _forms = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, JsonNode> Forms => _forms;

    public JsonNode this[string mimeType]
    {
        get => _forms[mimeType];
        set => _forms[mimeType] = value;
    }

    /// <summary>The text form of a type; null when the bundle does not contain it.</summary>
    public string? Text(string mimeType) => _forms.TryGetValue(mimeType, out var form) ? NotebookText.Join(form) : null;

    public static MimeBundle FromText(string text) => new() { [PlainText] = text };

    /// <summary>JSON types are stored as JSON, everything else as text (nbformat 4, "mimebundle").</summary>
    public static bool IsJson(string mimeType) => mimeType == "application/json" || mimeType.EndsWith("+json", StringComparison.Ordinal);
}
