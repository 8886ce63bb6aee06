using System.Text.Json;
using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;

namespace DeepNotes.Notebooks.Running;

/// <summary>
/// Reads the .dib format of .NET Interactive and Polyglot Notebooks: plain text without outputs, in which a line
/// <c>#!language</c> begins a cell.
/// </summary>
public static class DibFile
{
    private const string Prefix = "#!";
    private const string MetadataDirective = "#!meta";
    private const string CSharp = "csharp";
    private const string Markdown = "markdown";

    /// <summary>Converts the cells to a Jupyter notebook for this kernel.</summary>
    /// <param name="text">The text of the .dib file.</param>
    /// <param name="path">The path where the notebook will be saved.</param>
    /// <exception cref="NotebookFormatException">The metadata is not JSON.</exception>
    public static NotebookDocument ToNotebook(string text, string path)
    {
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        var languages = Languages(lines, path);
        var cells = new JsonArray();
        foreach (var (language, source) in Cells(lines, languages))
        {
            cells.Add(Cell(language, source, $"cell-{cells.Count + 1}"));
        }

        var notebook = NotebookDocument.Parse(
            new JsonObject { ["cells"] = cells, ["metadata"] = new JsonObject(), ["nbformat"] = 4, ["nbformat_minor"] = 5 }.ToJsonString(), path);
        NotebookLanguage.StampOn(notebook);
        return notebook;
    }

    private static IEnumerable<(string Language, string Source)> Cells(string[] lines, Dictionary<string, string> languages)
    {
        var language = CSharp;
        var cell = new List<string>();
        foreach (var line in lines)
        {
            if (LanguageOf(line, languages) is not { } next)
            {
                cell.Add(line);
                continue;
            }

            if (SourceOf(cell) is { } ended && language != MetadataDirective)
            {
                yield return (language, ended);
            }

            language = next;
            cell.Clear();
        }

        if (SourceOf(cell) is { } last && language != MetadataDirective)
        {
            yield return (language, last);
        }
    }

    // Other lines that begin with #! are commands within a cell.
    private static string? LanguageOf(string line, Dictionary<string, string> languages)
    {
        if (!line.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var name = line[Prefix.Length..].TrimEnd();
        return name == MetadataDirective[Prefix.Length..] ? MetadataDirective
            : languages.TryGetValue(name, out var declared) ? declared
            : CellLanguage.Known(name) is { } known ? Canonical(known, name) : null;
    }

    private static string Canonical(CellLanguage known, string name) =>
        known == CellLanguage.CSharp ? CSharp : known == CellLanguage.Known(Markdown) ? Markdown : name;

    private static string? SourceOf(List<string> cell)
    {
        var source = string.Join('\n', cell.SkipWhile(string.IsNullOrWhiteSpace)).TrimEnd();
        return source.Length > 0 ? source : null;
    }

    // Maps the names and aliases of the kernels declared in the file's metadata to their names.
    private static Dictionary<string, string> Languages(string[] lines, string path)
    {
        var languages = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var text = string.Join('\n', lines.SkipWhile(line => line != MetadataDirective).Skip(1).TakeWhile(line => !line.StartsWith(Prefix, StringComparison.Ordinal)));
        if (string.IsNullOrWhiteSpace(text))
        {
            return languages;
        }

        foreach (var kernel in (Metadata(text, path)["kernelInfo"]?["items"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var name = NotebookText.Join(kernel["name"]);
            foreach (var alias in (kernel["aliases"] as JsonArray ?? []).Select(NotebookText.Join).Append(name).Where(alias => alias.Length > 0))
            {
                languages[alias] = name;
            }
        }

        return languages;
    }

    private static JsonObject Metadata(string text, string path)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject ?? throw new NotebookFormatException($"{path}: {MetadataDirective}: expected a JSON object.");
        }
        catch (JsonException error)
        {
            throw new NotebookFormatException($"{path}: {MetadataDirective}: not JSON ({error.Message.Split(". ")[0].TrimEnd('.')}).", error);
        }
    }

    private static JsonObject Cell(string language, string source, string id)
    {
        var cell = new JsonObject
        {
            ["cell_type"] = language == Markdown ? "markdown" : "code",
            ["id"] = id,
            ["metadata"] = new JsonObject(),
            ["source"] = NotebookText.Split(source),
        };
        if (language == Markdown)
        {
            return cell;
        }

        cell["execution_count"] = null;
        cell["outputs"] = new JsonArray();
        if (language != CSharp)
        {
            cell["metadata"] = new JsonObject { ["polyglot_notebook"] = new JsonObject { ["kernelName"] = language } };
        }

        return cell;
    }
}
