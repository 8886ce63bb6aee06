using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using NuGet.Versioning;

namespace DeepNotes.Notebooks.Execution;

/// <summary>The assemblies that cells have referenced so far, by path, by framework name, and from NuGet.</summary>
internal sealed class CellReferences(string workingDirectory, CellAssemblies assemblies, UserCache cache)
{
    private readonly ShadowCopies _copies = new(cache);
    private readonly PackageRestore _restore = new(cache);
    private readonly Dictionary<string, string> _hashes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _referenced = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _sources = [];
    private readonly Dictionary<string, PackageReference> _packages = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, NuGetVersion> _versions = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _warnings = new(StringComparer.Ordinal);

    /// <summary>All references of a compilation; grows with each <c>#r</c>.</summary>
    public ImmutableArray<MetadataReference> All { get; private set; } = [.. FrameworkReferences.All];

    /// <summary>The native libraries that the packages have for other platforms only.</summary>
    public IReadOnlyDictionary<string, string> ForeignLibraries { get; private set; } = new Dictionary<string, string>();

    /// <exception cref="ReferenceException">Not found, or another version than the one in use.</exception>
    public void AddPath(string reference)
    {
        if (FrameworkReferences.Contains(reference))
        {
            return;
        }

        var path = Path.GetFullPath(reference, workingDirectory);
        if (!File.Exists(path))
        {
            path = LibraryCopy.Of(path) ?? throw new ReferenceException($"{path} not found: {NotFound(reference)}");
        }

        var hash = ShadowCopies.Hash(path);
        if (_hashes.TryGetValue(path, out var known))
        {
            if (known != hash)
            {
                throw new ReferenceException($"{path} was rebuilt after this session loaded it: restart the session to use the new one.");
            }

            return;
        }

        foreach (var file in _copies.Copy(path))
        {
            Load(file);
            Reference(file);
        }

        _hashes[path] = hash;
    }

    /// <summary>Adds a feed or folder to search for packages.</summary>
    /// <param name="source">An address, or a path relative to the working directory.</param>
    /// <exception cref="ReferenceException">Not the address of a single feed or folder.</exception>
    public void AddSource(string source)
    {
        if (source.Length == 0 || source.Contains(';', StringComparison.Ordinal))
        {
            throw new ReferenceException($"#i \"nuget: {source}\": expected the address of one feed, or one folder.");
        }

        var place = Uri.TryCreate(source, UriKind.Absolute, out var address) && !address.IsFile ? source : Path.GetFullPath(source, workingDirectory);
        if (!_sources.Contains(place))
        {
            _sources.Add(place);
        }
    }

    /// <summary>Restores the packages of a cell together, so that their versions are consistent.</summary>
    /// <exception cref="ReferenceException">Malformed, not restored, or another version than the one in use.</exception>
    public void AddPackages(IEnumerable<string> references, CancellationToken cancellation)
    {
        var wanted = references.Select(PackageReference.Parse)
            .GroupBy(package => package.Name, StringComparer.OrdinalIgnoreCase)
            .Select(OneOf)
            .Where(IsNew)
            .ToArray();
        if (wanted.Length == 0)
        {
            return;
        }

        var restored = _restore.Restore([.. _packages.Values, .. wanted], _sources, cancellation);
        foreach (var (name, version) in restored.Versions)
        {
            if (_versions.TryGetValue(name, out var known) && known != version)
            {
                throw new ReferenceException(
                    $"package {name} {known} is in use, {version} is required for {string.Join(", ", wanted.Select(package => package.Name))}: restart the session, and reference them in one cell.");
            }
        }

        Use(restored);
        foreach (var package in wanted)
        {
            var version = restored.Versions[package.Name];

            // Pinned to this version when packages of later cells are restored.
            _packages[package.Name] = new PackageReference(package.Name, VersionRange.Parse(version.ToNormalizedString()));
            if (package.Exact is null)
            {
                Console.WriteLine($"{package.Name} {version} (asked for: {package.Asked})");
            }
        }
    }

    private void Use(RestoredPackages restored)
    {
        foreach (var file in restored.Assemblies)
        {
            Load(file);
        }

        foreach (var file in restored.References)
        {
            Reference(file);
        }

        foreach (var folder in restored.NativeFolders)
        {
            assemblies.AddNativeFolder(folder);
        }

        // A restore covers all packages of the session.
        ForeignLibraries = restored.ForeignLibraries;
        foreach (var (name, version) in restored.Versions)
        {
            _versions[name] = version;
        }

        foreach (var warning in restored.Warnings.Where(_warnings.Add))
        {
            Console.Error.WriteLine(warning);
        }
    }

    private string NotFound(string reference)
    {
        var name = Path.GetFileName(reference.Replace('\\', '/'));
        return name.StartsWith("DeepNotes.", StringComparison.OrdinalIgnoreCase)
            ? "run \"./deepnotes build\" (Windows: \"deepnotes build\") in the repository, then restart."
            : Directory.Exists(Path.GetFullPath(reference, workingDirectory)) ? "it is a folder; expected an assembly (.dll)."
            : reference.Contains('\\', StringComparison.Ordinal) && !OperatingSystem.IsWindows() ? "on this system folders are separated by / and not by \\."
            : name == reference && !name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? $"relative paths start at the notebook's folder. A package: #r \"nuget: {name}\"."
            : Path.IsPathFullyQualified(reference) ? "check the path."
            : "relative paths start at the notebook's folder.";
    }

    private static PackageReference OneOf(IGrouping<string, PackageReference> sameName)
    {
        var versions = sameName.DistinctBy(package => package.Range?.ToNormalizedString()).ToArray();
        var chosen = versions.FirstOrDefault(package => package.Exact is not null) ?? versions.FirstOrDefault(package => package.Range is not null) ?? versions[0];
        var other = versions.FirstOrDefault(package => package != chosen && package.Range is not null && !(chosen.Exact is { } version && package.Allows(version)));
        return other is null
            ? chosen
            : throw new ReferenceException($"package {chosen.Name}: {chosen.Asked} and {other.Asked} are requested in one cell: remove one of them.");
    }

    private bool IsNew(PackageReference package)
    {
        if (!_versions.TryGetValue(package.Name, out var known))
        {
            return true;
        }

        return package.Allows(known)
            ? false
            : throw new ReferenceException(
                $"package {package.Name} {known} is in use, {package.Asked} is requested: restart the session to change the version.");
    }

    private void Load(string file)
    {
        if (!FrameworkReferences.Contains(Path.GetFileNameWithoutExtension(file)))
        {
            assemblies.Add(file);
        }
    }

    private void Reference(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);

        if (!FrameworkReferences.Contains(name) && _referenced.Add(name) && !IsInteractiveCommand(name))
        {
            All = All.Add(FrameworkReferences.Read(file));
        }
    }

    // Packages that extend .NET Interactive depend on it. In cells these names refer to this engine's own types.
    private static bool IsInteractiveCommand(string name) =>
        name.StartsWith("Microsoft.DotNet.Interactive", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Microsoft.AspNetCore.Html.Abstractions", StringComparison.OrdinalIgnoreCase);
}

/// <summary>A <c>#r</c> or <c>#load</c> cannot be resolved; the message gives the expected form and a remedy.</summary>
internal class ReferenceException(string message) : Exception(message);

/// <summary>Packages do not support this framework in the version that was resolved.</summary>
internal sealed class IncompatiblePackageException(string message, IReadOnlyDictionary<string, NuGetVersion> packages) : ReferenceException(message)
{
    public IReadOnlyDictionary<string, NuGetVersion> Packages => packages;
}
