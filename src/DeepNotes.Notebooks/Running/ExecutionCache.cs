using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Running;

/// <summary>
/// A cache of executed notebooks. The key covers everything that outputs depend on: the cells, the files named by <c>#r</c>, <c>#load</c> and <c>#!import</c>,
/// the run's fingerprint, and the programs that execute them. One entry per notebook and mode is kept.
/// </summary>
public sealed partial class ExecutionCache(string folder, IReadOnlyList<string> programs)
{
    private const int KeyLength = 16;

    private static readonly JsonSerializerOptions AnyDepth = new() { MaxDepth = JsonSource.MaxDepth };

    private readonly Lazy<string> _programHash = new(() => string.Concat(programs.Select(FileHash)));

    /// <summary>The executed notebook; null when it has to be executed.</summary>
    public NotebookDocument? Find(NotebookDocument notebook, RunFingerprint fingerprint)
    {
        try
        {
            var path = PathOf(notebook, fingerprint);
            return File.Exists(path) && NotebookDocument.Parse(File.ReadAllBytes(path), notebook.Path) is var kept && IsRunOf(notebook, kept, fingerprint) ? kept : null;
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            return null;
        }
    }

    /// <summary>Stores a successful run; a failed one is ignored. A run that cannot be stored is executed again next time.</summary>
    public void Store(NotebookRun run, RunFingerprint fingerprint)
    {
        if (!run.Succeeded)
        {
            return;
        }

        try
        {
            var path = PathOf(run.Original, fingerprint);
            run.Document.SaveAs(path);
            foreach (var older in Entries(run.Original, fingerprint).Where(file => file != path))
            {
                File.Delete(older);
            }
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            // An unwritable cache folder or an unreadable file of the notebook costs time, but no results.
        }
    }

    // The cache folder may contain anything: an entry counts only if its content matches its name.
    private static bool IsRunOf(NotebookDocument notebook, NotebookDocument kept, RunFingerprint fingerprint) =>
        RunFingerprint.Of(kept) == fingerprint && Sources(kept) == Sources(notebook);

    private static bool IsUnreadable(Exception error) =>
        error is NotebookFormatException or JsonException or InvalidOperationException or ArgumentException or FormatException
            or IOException or UnauthorizedAccessException;

    private IEnumerable<string> Entries(NotebookDocument notebook, RunFingerprint fingerprint)
    {
        var prefix = Prefix(notebook, fingerprint);
        return Directory.EnumerateFiles(folder, "*.ipynb").Where(file =>
            Path.GetFileName(file) is var name && name.Length == prefix.Length + KeyLength + ".ipynb".Length && name.StartsWith(prefix, StringComparison.Ordinal));
    }

    private string PathOf(NotebookDocument notebook, RunFingerprint fingerprint)
    {
        var parts = new List<string> { Sources(notebook), fingerprint.ToJson().ToJsonString(), _programHash.Value };
        parts.AddRange(NamedFiles(notebook).Select(file => $"{file} {FileHash(file)}"));
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))))[..KeyLength];
        return Path.Combine(folder, $"{Prefix(notebook, fingerprint)}{key}.ipynb");
    }

    private static string Prefix(NotebookDocument notebook, RunFingerprint fingerprint) =>
        $"{notebook.Name}.{RunFingerprint.ModeName(fingerprint.Mode)}.";

    // The notebook without everything that a run writes into it, and without its layout.
    private static string Sources(NotebookDocument notebook)
    {
        var bare = notebook.Clone();
        var metadata = bare.Json.Child("metadata");
        metadata.Remove("kernelspec");
        metadata.Remove("language_info");
        metadata.Child("deepnotes").Remove("run");
        foreach (var cell in bare.Cells)
        {
            if (cell.IsCode)
            {
                cell.Json.Remove("outputs");
                cell.Json.Remove("execution_count");
            }

            cell.Source = QuotedFigures.WithoutValues(cell.Source);
        }

        return bare.Json.ToJsonString(AnyDepth);
    }

    private static SortedSet<string> NamedFiles(NotebookDocument notebook)
    {
        var files = new SortedSet<string>(StringComparer.Ordinal);
        var home = Path.GetDirectoryName(Path.GetFullPath(notebook.Path))!;
        foreach (var cell in notebook.Cells.Where(cell => cell.IsCode))
        {
            AddNamedFiles(cell.Source, home, files);
        }

        return files;
    }

    private static void AddNamedFiles(string code, string home, SortedSet<string> files)
    {
        foreach (Match match in FileDirective().Matches(code))
        {
            var path = Path.GetFullPath(match.Groups["path"].Value, home);
            if (files.Add(path) && match.Groups["directive"].Value != "r" && File.Exists(path))
            {
                AddNamedFiles(File.ReadAllText(path), Path.GetDirectoryName(path)!, files);
            }
        }
    }

    private static string FileHash(string path)
    {
        if (!File.Exists(path))
        {
            return "none";
        }

        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    [GeneratedRegex("""^\s*#(?:(?<directive>r|load)\s+"(?!nuget:)(?<path>[^"]+)|(?<directive>!import)[ \t]+"?(?<path>[^"\r\n]*[^"\s]))""", RegexOptions.Multiline)]
    private static partial Regex FileDirective();
}
