using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Execution;

/// <summary>A language that a notebook's cell can be in.</summary>
/// <param name="Name">As readers write it: "F#".</param>
/// <param name="MimeType">For text that is shown and not run; null for code.</param>
internal sealed record CellLanguage(string Name, string? MimeType = null)
{
    public static readonly CellLanguage CSharp = new("C#");

    /// <summary>Diagrams as text: hosts draw them in Markdown.</summary>
    public static readonly CellLanguage Mermaid = new("Mermaid", MimeBundle.Markdown);

    public static readonly CellLanguage JavaScript = new("JavaScript", MimeBundle.Html);

    // By the names of .NET Interactive's kernels and of Jupyter's.
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

    /// <summary>What a cell in this language fails with: it does not run, and this may take its place.</summary>
    public string Instead => Name switch
    {
        "JavaScript" => "show a script with Javascript(\"…\")",
        "SQL" or "KQL" => "query from C#, with a client library from NuGet (#r \"nuget: …\")",
        "a value" => "write it in C#: var name = \"\"\"…\"\"\";",
        "HTTP" => "send it from C#, with System.Net.Http.HttpClient",
        _ => "write it in C#, or tag the cell skip-execution",
    };

    /// <summary>The language of a kernel's name; null when it is not a known one.</summary>
    public static CellLanguage? Known(string name) =>
        ByName.TryGetValue(name, out var language) ? language
        : name.StartsWith("sql-", StringComparison.OrdinalIgnoreCase) ? ByName["sql"]
        : name.StartsWith("kql-", StringComparison.OrdinalIgnoreCase) ? ByName["kql"]
        : null;

    /// <summary>The language that a cell's metadata names; an unknown one under its own name.</summary>
    public static CellLanguage Named(string? name) => string.IsNullOrWhiteSpace(name) ? CSharp : Known(name) ?? new CellLanguage(name);

    /// <summary>Text of this language in the form that a page shows.</summary>
    public string AsShown(string text) =>
        this == JavaScript ? $"<script type=\"text/javascript\">{text}</script>"
        : this == Mermaid ? $"```mermaid\n{text}\n```"
        : text;
}
