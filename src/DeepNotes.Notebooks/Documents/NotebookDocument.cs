using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace DeepNotes.Notebooks.Documents;

/// <summary>
/// A notebook of nbformat 4 (https://nbformat.readthedocs.io). Unchanged parts are saved byte for byte: unknown fields, key
/// order, white space, escapes, line endings, the minor version and a byte-order mark. Writes are atomic.
/// </summary>
public sealed class NotebookDocument
{
    private static readonly (byte[] Mark, string Name)[] OtherEncodings =
    [
        ([0xFF, 0xFE, 0, 0], "UTF-32"), ([0, 0, 0xFE, 0xFF], "UTF-32"), ([0xFF, 0xFE], "UTF-16"), ([0xFE, 0xFF], "UTF-16"),
    ];

    private readonly JsonSource _source;

    private NotebookDocument(JsonSource source, JsonObject json, string path)
    {
        _source = source;
        Json = json;
        Path = path;
        var cells = ((JsonArray)json["cells"]!).Cast<JsonObject>().ToList();
        var ids = CellIds(cells, path);
        Cells = [.. cells.Select((cell, index) => new NotebookCell(cell, index, ids[index]))];
    }

    public JsonObject Json { get; }

    public string Path { get; }

    /// <summary>The file's name without its extension: 00-start-here.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public IReadOnlyList<NotebookCell> Cells { get; }

    /// <summary>The "deepnotes" part of the notebook's metadata (chapter, title, status, run); empty when absent.</summary>
    public JsonObject Metadata => Json["metadata"]?["deepnotes"] as JsonObject ?? [];

    /// <summary>The chapter's number from the metadata or the file name ("04", "11a"), or else the whole name.</summary>
    public string Chapter => (string?)Metadata["chapter"] ?? Name.Split('-')[0];

    /// <summary>The title from the metadata, or else the first heading, or else the file's name.</summary>
    public string Title =>
        (string?)Metadata["title"]
        ?? Cells.Where(cell => cell.IsMarkdown)
            .SelectMany(cell => cell.Source.Split('\n'))
            .FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))?[2..].Trim()
        ?? Name;

    /// <exception cref="NotebookFormatException">The file cannot be read, is not UTF-8, or is not a notebook.</exception>
    public static NotebookDocument Load(string path) => Parse(Read(path), path);

    /// <inheritdoc cref="Parse(byte[], string)"/>
    public static NotebookDocument Parse(string text, string path) => Parse(Encoding.UTF8.GetBytes(text), path);

    /// <exception cref="NotebookFormatException">Not UTF-8, not JSON, a field of the wrong type, or two cells with one id.</exception>
    public static NotebookDocument Parse(byte[] utf8, string path)
    {
        CheckEncoding(utf8, path);
        try
        {
            var source = JsonSource.Parse(utf8);
            return new NotebookDocument(source, NotebookFormat.Check(source.ToNode(), path), path);
        }
        catch (JsonException error)
        {
            var line = error.LineNumber + 1;
            var reason = utf8.Length == 0 ? "the file is empty"
                : error.Message.Contains("maximum configured depth", StringComparison.Ordinal) ? $"nested deeper than {JsonSource.MaxDepth} levels at line {line}"
                : error.Message.Contains("depth to be zero", StringComparison.Ordinal) ? $"not JSON at line {line} (the text ends too early)"
                : $"not JSON at line {line} ({error.Message.Split(". ")[0].TrimEnd('.')})";
            throw new NotebookFormatException($"{path}: {reason}; expected a Jupyter notebook (nbformat 4).", error);
        }
    }

    /// <summary>The text as it would be saved.</summary>
    public string ToText() => Encoding.UTF8.GetString(ToBytes());

    /// <summary>The file as it would be saved.</summary>
    public byte[] ToBytes() => _source.Write(Json);

    public void Save() => SaveAs(Path);

    /// <summary>Saves to another file; a new file takes over the permissions of this notebook's.</summary>
    public void SaveAs(string path) => AtomicFile.WriteAllBytes(path, ToBytes(), copyOf: Path);

    /// <summary>A copy that shares no mutable state with this document.</summary>
    public NotebookDocument Clone() => new(_source, (JsonObject)Json.DeepClone(), Path);

    private static byte[] Read(string path)
    {
        try
        {
            return Directory.Exists(path) ? throw new NotebookFormatException($"{path}: is a folder; expected a notebook.")
                : AtomicFile.IsDeviceOrPipe(path) ? throw new NotebookFormatException($"{path}: is a device or a pipe; expected a notebook.")
                : File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new NotebookFormatException($"{path}: no such notebook.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new NotebookFormatException($"{path}: cannot be read: {error.Message}", error);
        }
    }

    // Decoding anyway would replace each invalid byte by U+FFFD, and saving would make that permanent.
    private static void CheckEncoding(byte[] utf8, string path)
    {
        foreach (var (mark, name) in OtherEncodings)
        {
            if (utf8.AsSpan().StartsWith(mark))
            {
                throw new NotebookFormatException($"{path}: is {name} by its byte-order mark; expected UTF-8. Save it as UTF-8.");
            }
        }

        if (!Utf8.IsValid(utf8))
        {
            Utf8.ToUtf16(utf8, new char[utf8.Length], out var valid, out _, replaceInvalidSequences: false);
            var line = utf8.AsSpan(0, valid).Count((byte)'\n') + 1;
            throw new NotebookFormatException($"{path}: not UTF-8 at line {line} (byte {utf8[valid]:X2}). Save it as UTF-8.");
        }
    }

    // Cells had no ids before nbformat 4.5: they get stable ones, which are not saved.
    private static string[] CellIds(List<JsonObject> cells, string path)
    {
        var given = cells.Select(cell => (string?)cell["id"] is { Length: > 0 } id ? id : null).ToList();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (index, id) in given.Index())
        {
            if (id is not null && !seen.TryAdd(id, index))
            {
                throw new NotebookFormatException(
                    $"{path}: cells {seen[id] + 1} and {index + 1} have the same id \"{NotebookText.Shown(id)}\"; change one of them.");
            }
        }

        return [.. given.Select((id, index) => id ?? Enumerable.Range(1, cells.Count + 1)
            .Select(copy => copy == 1 ? $"cell-{index + 1}" : $"cell-{index + 1}-{copy}")
            .First(name => seen.TryAdd(name, index)))];
    }
}
