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

    private static readonly string[] CopiedEndings = [".dll", ".pdb", ".xml", ".so", ".dylib"];

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

    /// <summary>The assembly and the others of its folder, as a build leaves its packages beside it; native ones are left out.</summary>
    /// <exception cref="ReferenceException">The file is not a .NET assembly.</exception>
    public static IReadOnlyList<string> WithNeighbours(string path)
    {
        if (!IsManaged(path))
        {
            throw new ReferenceException($"{Path.GetFileName(path)}: expected a .NET assembly.");
        }

        var others = Directory.GetFiles(Path.GetDirectoryName(path)!, "*.dll").Order(StringComparer.Ordinal);
        return [path, .. others.Where(file => file != path && IsManaged(file))];
    }

    private static bool IsManaged(string path)
    {
        try
        {
            using var image = new PEReader(File.OpenRead(path));
            return image.HasMetadata;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
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
