using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace DeepNotes.Notebooks.Execution;

/// <summary>
/// The load context of cells and their references, separate from the session's own, so that a notebook may use another
/// version of a package than the engine does. Framework assemblies always come from the framework.
/// </summary>
internal sealed class CellAssemblies() : AssemblyLoadContext("cells")
{
    private readonly Dictionary<string, Assembly> _submissions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _paths = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _nativeFolders = [];

    public Assembly LoadSubmission(string name, Stream assembly, Stream symbols)
    {
        var loaded = LoadFromStream(assembly, symbols);
        lock (_submissions)
        {
            _submissions[name] = loaded;
        }

        return loaded;
    }

    /// <summary>Registers an assembly by its name; the first of a name wins.</summary>
    public void Add(string path)
    {
        lock (_submissions)
        {
            _paths.TryAdd(Path.GetFileNameWithoutExtension(path), path);
        }
    }

    public void AddNativeFolder(string folder)
    {
        lock (_submissions)
        {
            _nativeFolders.Add(folder);
        }
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        lock (_submissions)
        {
            return _submissions.TryGetValue(assemblyName.Name!, out var submission) ? submission
                : _paths.TryGetValue(assemblyName.Name!, out var path) ? LoadFromAssemblyPath(path)
                : null;
        }
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        string[] names = OperatingSystem.IsWindows() ? [unmanagedDllName, $"{unmanagedDllName}.dll"]
            : OperatingSystem.IsMacOS() ? [unmanagedDllName, $"lib{unmanagedDllName}.dylib", $"{unmanagedDllName}.dylib"]
            : [unmanagedDllName, $"lib{unmanagedDllName}.so", $"{unmanagedDllName}.so"];
        lock (_submissions)
        {
            var folders = _nativeFolders.Concat(_paths.Values.Select(path => Path.GetDirectoryName(path)!)).Distinct();
            var found = folders.SelectMany(_ => names, Path.Combine).FirstOrDefault(File.Exists);
            return found is null ? 0 : NativeLibrary.Load(found);
        }
    }
}
