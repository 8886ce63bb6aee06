using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;

namespace DeepNotes.Notebooks.Execution;

/// <summary>
/// Copies of referenced assemblies, in a folder named by their content: builds can replace the originals while a
/// session runs, and a rebuilt assembly is recognised.
/// </summary>
internal static class AssemblyFolder
{
    private static readonly string Root = Path.Combine(Path.GetTempPath(), $"deepnotes-{Environment.UserName}", "assemblies");

    private static readonly string[] CopiedEndings = [".dll", ".pdb", ".so", ".dylib"];

    /// <summary>The content hash of an assembly.</summary>
    public static string Hash(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file))[..24];
    }

    /// <summary>Copies the assembly with what lies beside it, and returns the path of its copy.</summary>
    public static string Copy(string path, string hash)
    {
        var neighbours = Directory.GetFiles(Path.GetDirectoryName(path)!)
            .Where(file => CopiedEndings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .ToArray();
        var folder = Path.Combine(Root, $"{hash}-{NeighbourHash(neighbours)}");
        if (!Directory.Exists(folder))
        {
            Fill(folder, neighbours);
            ForgetOld();
        }

        Directory.SetLastWriteTimeUtc(folder, DateTime.UtcNow);
        return Path.Combine(folder, Path.GetFileName(path));
    }

    /// <summary>The assembly and those of its folder that it needs, directly or through others; native ones are left out.</summary>
    public static IReadOnlyList<string> WithDependencies(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        var found = new List<string> { path };
        for (var i = 0; i < found.Count; i++)
        {
            var needed = ReferencedNames(found[i]).Select(name => Path.Combine(folder, name + ".dll"));
            found.AddRange(needed.Where(file => File.Exists(file) && !found.Contains(file)));
        }

        return found;
    }

    private static string[] ReferencedNames(string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        if (!image.HasMetadata)
        {
            throw new ReferenceException($"{path}: not a .NET assembly.");
        }

        var metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }

    private static string NeighbourHash(string[] files)
    {
        var description = string.Join('\n', files.Select(file => new FileInfo(file)).Select(file => $"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}"));
        return Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(description)))[..12];
    }

    // Sessions that start together may copy at the same time: the first to finish wins.
    private static void Fill(string folder, string[] files)
    {
        var temporary = $"{folder}.{Guid.NewGuid():N}";
        Directory.CreateDirectory(temporary);
        foreach (var file in files)
        {
            File.Copy(file, Path.Combine(temporary, Path.GetFileName(file)));
        }

        try
        {
            Directory.Move(temporary, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            Directory.Delete(temporary, recursive: true);
        }
    }

    private static void ForgetOld()
    {
        foreach (var folder in new DirectoryInfo(Root).GetDirectories().Where(folder => folder.LastWriteTimeUtc < DateTime.UtcNow.AddDays(-7)))
        {
            try
            {
                folder.Delete(recursive: true);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Still in use somewhere (Windows): another start will find it.
            }
        }
    }
}
