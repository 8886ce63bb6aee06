using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using System.Text;

namespace DeepNotes.Notebooks.Execution;

/// <summary>
/// Shadow copies of referenced assemblies, in a folder named by their content: builds can replace the originals while a
/// session runs, and a rebuilt assembly is detected. A copy is compared with the original before each use.
/// </summary>
internal sealed class ShadowCopies(UserCache cache)
{
    private static readonly string[] CopiedEndings = [".dll", ".pdb", ".xml", ".so", ".dylib"];

    /// <summary>The content hash of a file.</summary>
    public static string Hash(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <summary>
    /// Copies the assembly and the files beside it. Returns its copy, followed by the other managed assemblies of its folder,
    /// where a build places the assembly's dependencies.
    /// </summary>
    /// <exception cref="ReferenceException">The file is not a .NET assembly.</exception>
    public IReadOnlyList<string> Copy(string path)
    {
        if (!IsManaged(path))
        {
            throw new ReferenceException($"{Path.GetFileName(path)}: expected a .NET assembly.");
        }

        (string Path, string Hash)[] files =
        [
            .. Directory.GetFiles(Path.GetDirectoryName(path)!)
                .Where(file => file == path || CopiedEndings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal)
                .Select(file => (file, Hash(file))),
        ];
        var folder = cache.Use("assemblies", root => Provide(root, files));
        var copies = files.Select(file => CopyOf(file.Path, folder)).Where(copy => Path.GetExtension(copy) == ".dll");
        return [CopyOf(path, folder), .. copies.Where(copy => copy != CopyOf(path, folder) && IsManaged(copy))];
    }

    private static string CopyOf(string file, string folder) => Path.Combine(folder, Path.GetFileName(file));

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

    private static string Provide(string root, (string Path, string Hash)[] files)
    {
        var description = string.Join('\n', files.Select(file => $"{file.Hash} {Path.GetFileName(file.Path)}"));
        var folder = Path.Combine(root, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(description)))[..32]);
        if (!Holds(folder, files))
        {
            folder = Fill(folder, files);
            UserCache.DeleteOld(root);
        }

        Directory.SetLastWriteTimeUtc(folder, DateTime.UtcNow);
        return folder;
    }

    // Exactly these files, unchanged: any additional file would be resolved as a dependency.
    private static bool Holds(string folder, (string Path, string Hash)[] files)
    {
        return new DirectoryInfo(folder) is { Exists: true, LinkTarget: null } found
            && found.GetFileSystemInfos() is var entries
            && entries.Length == files.Length
            && entries.All(entry => entry is FileInfo { LinkTarget: null })
            && files.All(file => File.Exists(CopyOf(file.Path, folder)) && Hash(CopyOf(file.Path, folder)) == file.Hash);
    }

    // Sessions that start at the same time may copy concurrently: the first to finish wins.
    private static string Fill(string folder, (string Path, string Hash)[] files)
    {
        var fresh = PrivateFolder.Open($"{folder}.{Guid.NewGuid():N}");
        foreach (var (path, _) in files)
        {
            File.Copy(path, CopyOf(path, fresh));
        }

        if (!Holds(fresh, files))
        {
            Directory.Delete(fresh, recursive: true);
            throw new ReferenceException($"{Path.GetDirectoryName(files[0].Path)} was modified while it was read: run the cell again.");
        }

        try
        {
            if (Directory.Exists(folder) && !Holds(folder, files))
            {
                Directory.Delete(folder, recursive: true);
            }

            Directory.Move(fresh, folder);
            return folder;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (!Holds(folder, files))
            {
                // A damaged copy that is in use (Windows) cannot be replaced; this session uses a separate one.
                return fresh;
            }

            Directory.Delete(fresh, recursive: true);
            return folder;
        }
    }
}
