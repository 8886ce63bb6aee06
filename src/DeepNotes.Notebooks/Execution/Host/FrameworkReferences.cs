using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;

namespace DeepNotes.Notebooks.Execution;

/// <summary>What every cell may use without <c>#r</c>: the framework, and what the session itself gives to cells.</summary>
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

    /// <summary>True for the name of an assembly that the framework or the session brings.</summary>
    public static bool Has(string name) =>
        Paths.ContainsKey(name) || name.Equals(typeof(FrameworkReferences).Assembly.GetName().Name, StringComparison.OrdinalIgnoreCase);

    public static PortableExecutableReference Read(string path) =>
        AssemblyMetadata.CreateFromStream(File.OpenRead(path), PEStreamOptions.PrefetchMetadata).GetReference(DocumentationFiles.Of(path), filePath: path);
}
