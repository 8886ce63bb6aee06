using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Running;

/// <summary>What a saved notebook says of its language, so that every host opens it with the right kernel.</summary>
public static class NotebookLanguage
{
    public const string KernelName = "deepnotes";

    public static void StampOn(NotebookDocument notebook)
    {
        var metadata = (JsonObject)notebook.Json["metadata"]!;
        metadata["kernelspec"] = new JsonObject
        {
            ["display_name"] = "DeepNotes C#",
            ["language"] = "C#",
            ["name"] = KernelName,
        };
        metadata["language_info"] = new JsonObject
        {
            ["file_extension"] = ".cs",
            ["mimetype"] = "text/x-csharp",
            ["name"] = "C#",
            ["pygments_lexer"] = "csharp",
            ["version"] = "13.0",
        };
    }
}
