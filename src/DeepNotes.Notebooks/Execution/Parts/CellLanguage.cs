using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Execution;

/// <summary>The language of a cell.</summary>
/// <param name="Name">The name for users, such as "F#".</param>
/// <param name="MimeType">The MIME type of text that is displayed; null for code.</param>
internal sealed record CellLanguage(string Name, string? MimeType = null)
{
    public static readonly CellLanguage CSharp = new("C#");

    /// <summary>Diagrams as text, which hosts render in Markdown.</summary>
    public static readonly CellLanguage Mermaid = new("Mermaid", MimeBundle.Markdown);

    public static readonly CellLanguage JavaScript = new("JavaScript", MimeBundle.Html);

    // Keys are the names of kernels of .NET Interactive and Jupyter.
    private static readonly Dictionary<string, CellLanguage> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["csharp"] = CSharp,
        ["c#"] = CSharp,
        ["html"] = new("HTML", MimeBundle.Html),
        ["markdown"] = new("Markdown", MimeBundle.Markdown),
        ["md"] = new("Markdown", MimeBundle.Markdown),
        ["javascript"] = JavaScript,
        ["js"] = JavaScript,
        ["fsharp"] = new("F#"),
        ["f#"] = new("F#"),
        ["pwsh"] = new("PowerShell"),
        ["powershell"] = new("PowerShell"),
        ["sql"] = new("SQL"),
        ["kql"] = new("KQL"),
        ["mermaid"] = Mermaid,
        ["http"] = new("HTTP"),
        ["value"] = new("a value"),
        ["python"] = new("Python"),
        ["python3"] = new("Python"),
        ["r"] = new("R"),
        ["vb"] = new("Visual Basic"),
        ["typescript"] = new("TypeScript"),
        ["bash"] = new("Bash"),
    };

    /// <summary>The alternative that the error message suggests, for a language that is not supported.</summary>
    public string Alternative => Name switch
    {
        "JavaScript" => "show a script with Javascript(\"…\")",
        "SQL" or "KQL" => "query from C#, with a client library from NuGet (#r \"nuget: …\")",
        "a value" => "write it in C#: var name = \"\"\"…\"\"\";",
        "HTTP" => "send it from C#, with System.Net.Http.HttpClient",
        _ => "write it in C#, or tag the cell skip-execution",
    };

    /// <summary>The language with a kernel name; null if it is unknown.</summary>
    public static CellLanguage? Known(string name) =>
        ByName.TryGetValue(name, out var language) ? language
        : name.StartsWith("sql-", StringComparison.OrdinalIgnoreCase) ? ByName["sql"]
        : name.StartsWith("kql-", StringComparison.OrdinalIgnoreCase) ? ByName["kql"]
        : null;

    /// <summary>The language named by a cell's metadata, which may be unknown.</summary>
    public static CellLanguage Named(string? name) => string.IsNullOrWhiteSpace(name) ? CSharp : Known(name) ?? new CellLanguage(name);

    /// <summary>Wraps text of this language for its MIME type.</summary>
    public string ToDisplay(string text) =>
        this == JavaScript ? $"<script type=\"text/javascript\">{text}</script>"
        : this == Mermaid ? $"```mermaid\n{text}\n```"
        : text;
}
