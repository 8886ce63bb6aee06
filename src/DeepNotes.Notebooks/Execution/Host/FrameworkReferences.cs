using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;

namespace DeepNotes.Notebooks.Execution;

/// <summary>The references of every cell: the framework, and the session's own assembly.</summary>
internal static class FrameworkReferences
{
    private static readonly string Folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    private static readonly Dictionary<string, string> Paths =
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(path => Path.GetDirectoryName(path) == Folder)
        .Distinct()
        .ToDictionary(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase);

    public static readonly IReadOnlyList<MetadataReference> All =
        [.. Paths.Values.Append(typeof(FrameworkReferences).Assembly.Location).Select(Read)];

    /// <summary>Whether an assembly of this name is part of the framework or the session.</summary>
    public static bool Contains(string name) =>
        Paths.ContainsKey(name) || name.Equals(typeof(FrameworkReferences).Assembly.GetName().Name, StringComparison.OrdinalIgnoreCase);

    public static PortableExecutableReference Read(string path) =>
        AssemblyMetadata.CreateFromStream(File.OpenRead(path), PEStreamOptions.PrefetchMetadata).GetReference(DocumentationFiles.Of(path), filePath: path);
}
