using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepNotes.Notebooks.Running;

/// <summary>
/// The language and kernel in a notebook's metadata. A run writes this kernel into a notebook that names no kernel, or this
/// one, so that every host opens it with the right kernel; the metadata of another C# kernel are kept.
/// </summary>
public static class NotebookLanguage
{
    public const string KernelName = "deepnotes";
    public const string DisplayName = "DeepNotes C#";
    public const string Language = "C#";

    /// <summary>The C# version of the cells: "15.0".</summary>
    public static readonly string Version = CellSource.ParseOptions.LanguageVersion.ToDisplayString();

    /// <summary>The engine, language and runtime, in one line.</summary>
    public static readonly string About =
        $"DeepNotes {typeof(NotebookLanguage).Assembly.GetName().Version!.ToString(3)}: C# {Version} on {RuntimeInformation.FrameworkDescription}";

    private const string MimeType = "text/x-csharp";
    private const string Polyglot = "polyglot-notebook";

    private static readonly string[] CSharpNames = [Language, "csharp", ".net-csharp", KernelName];

    /// <exception cref="NotebookFormatException">The notebook's kernel is for another language.</exception>
    public static void Require(NotebookDocument notebook)
    {
        var kernel = Kernel(notebook);
        var name = Text(kernel, "name");
        var info = Text(Metadata(notebook, "language_info"), "name");
        var own = info == Polyglot ? null : info;
        var byDefault = PolyglotDefault(notebook);
        if ((Text(kernel, "language") ?? own ?? name) is { } language && language != Polyglot && !IsCSharp(language))
        {
            throw new NotebookFormatException((Text(kernel, "display_name") ?? name) is { } title
                ? $"{notebook.Path}: its kernel is {NotebookText.Shown(title)}{(name is null ? "" : $" ({NotebookText.Shown(name)})")}, expected C#."
                : $"{notebook.Path}: its language is {NotebookText.Shown(language)}, expected C#.");
        }

        if (byDefault is not null && !IsCSharp(byDefault))
        {
            throw new NotebookFormatException($"{notebook.Path}: its cells are {NotebookText.Shown(byDefault)} by default, expected C#.");
        }
    }

    public static void StampOn(NotebookDocument notebook)
    {
        var kernel = Kernel(notebook);
        if (kernel.Count > 0 && Text(kernel, "name") != KernelName)
        {
            return;
        }

        var metadata = notebook.Json.Child("metadata");
        metadata.Put("kernelspec", new JsonObject
        {
            ["display_name"] = DisplayName,
            ["language"] = Language,
            ["name"] = KernelName,
        });
        if (kernel.Count > 0 || Metadata(notebook, "language_info").Count == 0)
        {
            metadata.Put("language_info", Info());
        }
    }

    /// <summary>The language that a cell's metadata names, as .NET Interactive and Polyglot Notebooks write it; null where none is named.</summary>
    public static string? Of(NotebookCell cell)
    {
        var metadata = cell.Json["metadata"] as JsonObject ?? [];
        return Text(metadata["polyglot_notebook"] as JsonObject ?? [], "kernelName")
            ?? Text(metadata["dotnet_interactive"] as JsonObject ?? [], "language")
            ?? LanguageId(Text(metadata["vscode"] as JsonObject ?? [], "languageId"));
    }

    /// <summary>Jupyter's description of a language, in documents and from kernels.</summary>
    public static JsonObject Info() => new()
    {
        // Given only the mode's name, the classic notebook highlights existing cells but not new ones.
        ["codemirror_mode"] = MimeType,
        ["file_extension"] = ".cs",
        ["mimetype"] = MimeType,
        ["name"] = Language,
        ["pygments_lexer"] = "csharp",
        ["version"] = Version,
    };

    private static JsonObject Kernel(NotebookDocument notebook) => Metadata(notebook, "kernelspec");

    private static JsonObject Metadata(NotebookDocument notebook, string name) => notebook.Json["metadata"]?[name] as JsonObject ?? [];

    // A .NET Interactive notebook can hold several languages; this is the language of cells without metadata.
    private static string? PolyglotDefault(NotebookDocument notebook) =>
        Metadata(notebook, "polyglot_notebook")["kernelInfo"] is JsonObject kernels ? Text(kernels, "defaultKernelName") : null;

    private static bool IsCSharp(string name) => CSharpNames.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static string? Text(JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;

    // "dotnet-interactive.fsharp" means fsharp; "polyglot-notebook" defers to the other fields.
    private static string? LanguageId(string? id) => id?.Split('.') switch
    {
        ["dotnet-interactive", var language] => language,
        [Polyglot] => null,
        _ => id,
    };
}
