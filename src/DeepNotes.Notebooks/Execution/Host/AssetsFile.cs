using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using NuGet.Versioning;

namespace DeepNotes.Notebooks.Execution;

/// <summary>Reads the result of <c>dotnet restore</c>: obj/project.assets.json.</summary>
internal static class AssetsFile
{
    public const string Framework = "net10.0";

    private const string NotForFramework = "NU1202";
    private const string SourceFailed = "NU1801";
    private const string AuditFailed = "NU1900";
    private const string NoAuditDatabase = "NU1905";
    private static readonly string[] Vulnerabilities = ["NU1901", "NU1902", "NU1903", "NU1904"];

    /// <summary>The restored packages; null when the file is missing or damaged, or names missing files.</summary>
    public static RestoredPackages? Read(string path) => Open(path) is { } assets ? Try(() => Read(assets)) : null;

    /// <summary>NuGet's reason for a failed restore; null when it gave none.</summary>
    public static string? Error(string path) => Open(path) is { } assets
        ? Try(() => Logs(assets).Where(log => log.Level == "Error").Select(log => $"{log.Code}: {log.Message}").FirstOrDefault() is { } error
            ? string.Join("; ", MissingSources(assets).Prepend(error))
            : null)
        : null;

    /// <summary>The packages of a failed restore that do not support this framework, with the version that was resolved.</summary>
    public static Dictionary<string, NuGetVersion> Incompatible(string path) =>
        Open(path) is { } assets && Try(() => Incompatible(assets)) is { } found ? found : [];

    private static JsonObject? Open(string path) => Try(() => File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path)) as JsonObject : null);

    private static T? Try<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // targets / <framework>/<rid> / <package/version> / compile, runtime, native: paths in the package.
    private static RestoredPackages? Read(JsonObject assets)
    {
        if (assets["targets"]?[$"{Framework}/{RuntimeInformation.RuntimeIdentifier}"] is not JsonObject target)
        {
            return null;
        }

        var folders = assets["packageFolders"]?.AsObject().Select(folder => folder.Key).ToArray() ?? [];
        string?[] Files(string kind) =>
        [
            .. from library in target
               let path = (string?)assets["libraries"]?[library.Key]?["path"]
               where path is not null
               from file in library.Value?[kind] as JsonObject ?? []
               where !file.Key.EndsWith("_._", StringComparison.Ordinal)
               select folders.Select(folder => Path.Combine(folder, path, file.Key)).FirstOrDefault(File.Exists),
        ];

        var references = Files("compile");
        var assemblies = Files("runtime");
        var native = Files("native");
        return references.Concat(assemblies).Concat(native).Contains(null)
            ? null
            : new RestoredPackages(references!, assemblies!, [.. native.Select(file => Path.GetDirectoryName(file)!).Distinct()], Versions(target), Warnings(assets), MissingSources(assets))
            {
                ForeignLibraries = Foreign(assets, target, native!),
            };
    }

    // libraries / <package/version> / files: those for all platforms, as runtimes/win-x64/native/z3.dll.
    private static Dictionary<string, string> Foreign(JsonObject assets, JsonObject target, IEnumerable<string> native)
    {
        var present = native.Select(file => ForeignLibraries.NameOf(Path.GetFileName(file))).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var foreign =
            from library in target
            from file in assets["libraries"]?[library.Key]?["files"] as JsonArray ?? []
            let parts = ((string?)file ?? "").Split('/')
            where parts is ["runtimes", _, "native", _]
            let name = ForeignLibraries.NameOf(parts[3])
            where !present.Contains(name)
            select (Name: name, Package: library.Key.Replace('/', ' '), Platform: parts[1]);
        return foreign.GroupBy(one => one.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(
            same => same.Key,
            same => string.Join(", ", same.GroupBy(one => one.Package).Select(package => $"{package.Key} for {string.Join(", ", package.Select(one => one.Platform).Distinct())}")),
            StringComparer.OrdinalIgnoreCase);
    }

    private static Dictionary<string, NuGetVersion> Versions(JsonObject target) => target
        .Select(library => library.Key.Split('/') is [var name, var version] ? (name, version) : throw new FormatException(library.Key))
        .ToDictionary(package => package.name, package => NuGetVersion.Parse(package.version), StringComparer.OrdinalIgnoreCase);

    // "Package A 11.0.0 is not compatible with net10.0 …"
    private static Dictionary<string, NuGetVersion> Incompatible(JsonObject assets) => Logs(assets)
        .Where(log => log.Code == NotForFramework && log.Level == "Error")
        .Select(log => log.Message.Split(' '))
        .DistinctBy(words => words[1], StringComparer.OrdinalIgnoreCase)
        .ToDictionary(words => words[1], words => NuGetVersion.Parse(words[2]), StringComparer.OrdinalIgnoreCase);

    // A failed audit is no property of the packages.
    private static List<string> Warnings(JsonObject assets)
    {
        var warnings = Logs(assets).Where(log => log.Level == "Warning" && log.Code is not (AuditFailed or NoAuditDatabase)).ToArray();
        var lines = warnings.Where(log => !Vulnerabilities.Contains(log.Code)).Select(log => $"{log.Code}: {log.Message}").ToList();
        var vulnerable = warnings.Where(log => Vulnerabilities.Contains(log.Code)).ToArray();
        if (vulnerable.Length > 0)
        {
            lines.Add($"{vulnerable.Max(log => log.Code)}: {string.Join(" ", vulnerable.Select(log => log.Message).Distinct())}");
        }

        return [.. lines.Distinct()];
    }

    private static List<string> MissingSources(JsonObject assets) =>
        [.. Logs(assets).Where(log => log.Code == SourceFailed).Select(log => $"{log.Code}: {log.Message}").Distinct()];

    private static IEnumerable<(string Code, string Level, string Message)> Logs(JsonObject assets) =>
        from log in assets["logs"] as JsonArray ?? []
        select ((string?)log["code"] ?? "", (string?)log["level"] ?? "", ((string?)log["message"] ?? "").Split('\n')[0].Trim());
}

/// <param name="References">Reference assemblies to compile against.</param>
/// <param name="Assemblies">The managed assemblies to load.</param>
/// <param name="NativeFolders">Folders with native libraries for this platform.</param>
/// <param name="Versions">The version of every package, including transitive ones.</param>
/// <param name="Warnings">NuGet's warnings, one line each.</param>
/// <param name="MissingSources">The warnings about feeds or folders that could not be read; with them other versions might be resolved.</param>
internal sealed record RestoredPackages(
    IReadOnlyList<string> References,
    IReadOnlyList<string> Assemblies,
    IReadOnlyList<string> NativeFolders,
    IReadOnlyDictionary<string, NuGetVersion> Versions,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string> MissingSources)
{
    /// <summary>The native libraries for other platforms only: name, and the packages and platforms that have it.</summary>
    public IReadOnlyDictionary<string, string> ForeignLibraries { get; init; } = new Dictionary<string, string>();
}
