using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Running;

/// <summary>Everything besides the sources that a notebook's outputs depend on. Runs with equal fingerprints give identical bytes.</summary>
/// <param name="Data">The data set used: "generated", "mnist 10000".</param>
/// <param name="Mode">Full or fast.</param>
/// <param name="Isa">Architecture and widest vectors: "x64 512-bit".</param>
/// <param name="Threads">The number of threads available to the run.</param>
/// <param name="Runtime">Target framework and runtime version: "net10.0 10.0.1".</param>
/// <param name="Library">A short hash of the library; builds are deterministic, so that equal sources give equal hashes.</param>
public sealed record RunFingerprint(string Data, RunMode Mode, string Isa, int Threads, string Runtime, string Library)
{
    /// <summary>The fingerprint of a run on this machine.</summary>
    public static RunFingerprint Here(string data, RunMode mode, int threads, string libraryPath) => new(
        data, mode, ThisIsa(), threads,
        $"net{Environment.Version.ToString(2)} {Environment.Version}", LibraryHash(libraryPath));

    /// <summary>The fingerprint of the run that saved the notebook; null when no run saved it.</summary>
    public static RunFingerprint? Of(NotebookDocument notebook)
    {
        if (notebook.Metadata["run"] is not JsonObject run || !Enum.TryParse(Text(run, "mode"), ignoreCase: true, out RunMode mode))
        {
            return null;
        }

        _ = int.TryParse(Text(run, "threads"), out var threads);
        return new(Text(run, "data"), mode, Text(run, "isa"), threads, Text(run, "runtime"), Text(run, "library"));
    }

    /// <summary>Writes this fingerprint into the notebook's metadata.</summary>
    public void StampOn(NotebookDocument notebook) => notebook.Json.Child("metadata").Child("deepnotes").Put("run", ToJson());

    public JsonObject ToJson() => new()
    {
        ["data"] = Data,
        ["mode"] = ModeName(Mode),
        ["isa"] = Isa,
        ["threads"] = Threads,
        ["runtime"] = Runtime,
        ["library"] = Library,
    };

    /// <summary>The differences from this fingerprint to <paramref name="other"/>, one line each: "threads 2 → 8".</summary>
    public IReadOnlyList<string> ChangesTo(RunFingerprint other)
    {
        var theirs = other.ToJson();
        return [.. ToJson()
            .Select(field => (field.Key, Old: NotebookText.Join(field.Value), New: NotebookText.Join(theirs[field.Key])))
            .Where(field => field.Old != field.New)
            .Select(field => $"{field.Key} {field.Old} → {field.New}")];
    }

    public static string ModeName(RunMode mode) => mode == RunMode.Fast ? "fast" : "full";

    private static string Text(JsonObject json, string name) => NotebookText.Join(json[name]);

    private static string ThisIsa()
    {
        var bits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;
        return $"{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()} {bits}-bit";
    }

    /// <summary>A prefix of the module version id, which a deterministic build derives from the sources; the file need not be hashed.</summary>
    public static string LibraryHash(string path)
    {
        if (!File.Exists(path))
        {
            return "none";
        }

        using var assembly = new PEReader(File.OpenRead(path));
        var metadata = assembly.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid).ToString("N")[..12];
    }
}

/// <summary>The extent of a run: committed results come from full mode; fast mode uses less data and fewer epochs.</summary>
public enum RunMode
{
    Full,
    Fast,
}
