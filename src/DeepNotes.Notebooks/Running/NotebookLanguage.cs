using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Running;

/// <summary>What a saved notebook says of its language, so that every host opens it with the right kernel.</summary>
public static class NotebookLanguage
{
    public const string KernelName = "deepnotes";
    public const string DisplayName = "DeepNotes C#";
    public const string Language = "C#";
    public const string Version = "13.0";

    private const string MimeType = "text/x-csharp";

    public static void StampOn(NotebookDocument notebook)
    {
        var metadata = (JsonObject)notebook.Json["metadata"]!;
        metadata["kernelspec"] = new JsonObject
        {
            ["display_name"] = DisplayName,
            ["language"] = Language,
            ["name"] = KernelName,
        };
        metadata["language_info"] = Info();
    }

    /// <summary>Jupyter's description of a language, in documents and from kernels.</summary>
    public static JsonObject Info() => new()
    {
        // By the name alone the classic notebook colours the cells that are there, and not those that a reader adds.
        ["codemirror_mode"] = MimeType,
        ["file_extension"] = ".cs",
        ["mimetype"] = MimeType,
        ["name"] = Language,
        ["pygments_lexer"] = "csharp",
        ["version"] = Version,
    };
}
