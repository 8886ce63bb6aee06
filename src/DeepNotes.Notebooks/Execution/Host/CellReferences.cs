using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DeepNotes.Notebooks.Execution;

/// <summary>The assemblies that cells have referenced so far, by path, by framework name, and from NuGet.</summary>
internal sealed class CellReferences(string workingDirectory, CellAssemblies assemblies)
{
    private const string NuGetPrefix = "nuget:";

    private readonly Dictionary<string, string> _hashes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _origins = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _packages = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>All that a cell is compiled against; grows with each <c>#r</c>.</summary>
    public ImmutableArray<MetadataReference> All { get; private set; } = [.. FrameworkReferences.All];

    public static bool IsPackage(string reference) => reference.StartsWith(NuGetPrefix, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="ReferenceException">Not found, or another version than the one in use.</exception>
    public void AddPath(string reference)
    {
        if (FrameworkReferences.Has(reference))
        {
            return;
        }

        var path = Path.GetFullPath(reference, workingDirectory);
        if (!File.Exists(path))
        {
            throw new ReferenceException($"{path} not found: run \"./deepnotes build\" (Windows: \"deepnotes build\") in the repository, then restart.");
        }

        var hash = AssemblyFolder.Hash(path);
        if (_hashes.TryGetValue(path, out var known))
        {
            if (known != hash)
            {
                throw new ReferenceException($"{path} was rebuilt after this session had loaded it: restart the session to use the new one.");
            }

            return;
        }

        foreach (var file in AssemblyFolder.WithNeighbours(AssemblyFolder.Copy(path, hash)))
        {
            Add(file, path);
        }

        _hashes[path] = hash;
    }

    /// <summary>Restores the packages of a cell together, so that their versions fit each other.</summary>
    /// <exception cref="ReferenceException">Malformed, not restored, or another version than the one in use.</exception>
    public void AddPackages(IEnumerable<string> references, CancellationToken cancellation)
    {
        var wanted = references.Select(Parse).Where(IsNew).ToArray();
        if (wanted.Length == 0)
        {
            return;
        }

        var all = _packages.Select(known => (Name: known.Key, Version: known.Value)).Concat(wanted).ToArray();
        var restored = PackageRestore.Restore(all, cancellation);
        foreach (var file in restored.Assemblies)
        {
            Add(file, $"package {Path.GetFileNameWithoutExtension(file)}");
        }

        foreach (var folder in restored.NativeFolders)
        {
            assemblies.AddNativeFolder(folder);
        }

        foreach (var (name, version) in wanted)
        {
            _packages[name] = version;
        }
    }

    private static (string Name, string Version) Parse(string reference)
    {
        var parts = reference[NuGetPrefix.Length..].Split(',', StringSplitOptions.TrimEntries);
        return parts is [{ Length: > 0 }] or [{ Length: > 0 }, { Length: > 0 }]
            ? (parts[0], parts.Length > 1 ? parts[1] : "*")
            : throw new ReferenceException($"#r \"{reference}\": expected \"nuget: Name, Version\".");
    }

    private bool IsNew((string Name, string Version) package)
    {
        if (!_packages.TryGetValue(package.Name, out var known))
        {
            return true;
        }

        return known == package.Version || package.Version == "*"
            ? false
            : throw new ReferenceException(
                $"package {package.Name} {known} is in use, {package.Version} is asked for: restart the session to change the version.");
    }

    private void Add(string file, string origin)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        if (FrameworkReferences.Has(name) || !_origins.TryAdd(name, origin))
        {
            return;
        }

        assemblies.Add(file);
        All = All.Add(FrameworkReferences.Read(file));
    }
}
