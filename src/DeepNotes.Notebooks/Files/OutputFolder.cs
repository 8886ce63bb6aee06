using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Files;

/// <summary>
/// A folder that a command writes to. A manifest in it lists the files written: only these are ever replaced or removed,
/// and links are not followed out of the folder.
/// </summary>
public sealed class OutputFolder
{
    private readonly string _manifestName;
    private readonly Dictionary<string, string> _owners;

    /// <param name="folder">An existing or missing folder, or a link to a folder.</param>
    /// <param name="manifestName">The file name of the manifest.</param>
    /// <exception cref="IOException">The path is a file or a broken link.</exception>
    public OutputFolder(string folder, string manifestName)
    {
        Path = RealPath.Of(folder);
        if (File.Exists(Path))
        {
            throw new IOException($"{folder} is a file; expected a folder.");
        }

        if (Containment.IsLink(folder) && !Directory.Exists(Path))
        {
            throw new IOException($"{folder} is a link to {Path}, which does not exist; expected a folder.");
        }

        _manifestName = manifestName;
        HasManifest = File.Exists(ManifestPath) && !Containment.IsLink(ManifestPath);
        _owners = HasManifest ? ReadManifest() : [];
    }

    public string Path { get; }

    /// <summary>Whether an earlier run has written to the folder.</summary>
    public bool HasManifest { get; }

    /// <summary>Whether the folder has contents but no manifest.</summary>
    public bool HasForeignFiles => !HasManifest && Directory.Exists(Path) && Directory.EnumerateFileSystemEntries(Path).Any();

    private string ManifestPath => System.IO.Path.Combine(Path, _manifestName);

    /// <summary>The owners of the listed files in a subfolder.</summary>
    public IReadOnlySet<string> OwnersIn(string subfolder) =>
        FilesIn(subfolder).Select(file => _owners[file]).ToHashSet(StringComparer.Ordinal);

    /// <summary>Adds files of versions without a manifest to the manifest; listed files keep their owner.</summary>
    public void Adopt(IEnumerable<string> files)
    {
        foreach (var file in files.Where(IsOwnFile))
        {
            _owners.TryAdd(file, "");
        }
    }

    /// <summary>Assigns all listed files in a subfolder to one owner, for example after a notebook was renamed.</summary>
    public void TakeOver(string subfolder, string owner)
    {
        foreach (var file in FilesIn(subfolder).ToList())
        {
            _owners[file] = owner;
        }
    }

    /// <summary>The contents of a listed file; null if there is none.</summary>
    public byte[]? Read(string file) => _owners.ContainsKey(file) && IsOwnFile(file) ? File.ReadAllBytes(PathOf(file)) : null;

    /// <summary>Replaces the files of one owner; returns the number of files that differed.</summary>
    /// <param name="files">Contents by relative path: safe names joined by "/".</param>
    /// <param name="owner">The owner; the files of other owners are unchanged.</param>
    /// <exception cref="IOException">A path is taken by a file that is not listed, or writing fails.</exception>
    public int Replace(IReadOnlyDictionary<string, byte[]> files, string owner = "")
    {
        Directory.CreateDirectory(Path);
        foreach (var (file, bytes) in files)
        {
            CheckWritable(file, bytes, owner);
        }

        var changed = files.Where(file => !Holds(file.Key, file.Value)).ToList();

        // All files are written to the disk before the first is moved into place, so a full disk leaves the old files intact.
        var staging = Directory.CreateDirectory(System.IO.Path.Combine(Path, $".staging-{Guid.NewGuid():N}")).FullName;
        try
        {
            for (var i = 0; i < changed.Count; i++)
            {
                File.WriteAllBytes(System.IO.Path.Combine(staging, $"{i}"), changed[i].Value);
            }

            MoveIntoPlace(files, changed.Select(file => file.Key).ToList(), staging, owner);
        }
        finally
        {
            Directory.Delete(staging, recursive: true);
        }

        return changed.Count;
    }

    private IEnumerable<string> FilesIn(string subfolder) =>
        _owners.Keys.Where(file => NameRegister.Key(file).StartsWith(NameRegister.Key(subfolder + "/"), StringComparison.Ordinal));

    private void MoveIntoPlace(IReadOnlyDictionary<string, byte[]> files, List<string> changed, string staging, string owner)
    {
        var old = _owners.Where(file => file.Value == owner && !files.ContainsKey(file.Key)).Select(file => file.Key).ToList();
        foreach (var file in files.Keys)
        {
            _owners[file] = owner;
        }

        // While old and new files coexist, the manifest lists both.
        WriteManifest();

        // Old files are removed first: on a case-insensitive file system, an old name may denote the new file.
        foreach (var file in old)
        {
            if (IsOwnFile(file))
            {
                File.Delete(PathOf(file));
            }

            _owners.Remove(file);
        }

        for (var i = 0; i < changed.Count; i++)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(PathOf(changed[i]))!);
            File.Move(System.IO.Path.Combine(staging, $"{i}"), PathOf(changed[i]), overwrite: true);
        }

        WriteManifest();
    }

    private void CheckWritable(string file, byte[] bytes, string owner)
    {
        if (!IsRelative(file))
        {
            throw new ArgumentException($"Expected a relative path of safe names, got \"{file}\".", nameof(file));
        }

        if (FindObstacle(file) is { } obstacle)
        {
            throw new IOException($"{obstacle} is a link or a file; expected a folder. Move it, or choose another folder.");
        }

        var exists = File.Exists(PathOf(file)) || Containment.IsLink(PathOf(file));
        if (exists && !(_owners.GetValueOrDefault(file) == owner && IsOwnFile(file)) && !(IsOwnFile(file) && Holds(file, bytes)))
        {
            throw new IOException($"{PathOf(file)} exists and was not written by this command; move or delete it.");
        }
    }

    // The manifest can be edited by anyone: paths that lead out of the folder, and links, are not accepted.
    private bool IsOwnFile(string file) =>
        IsRelative(file) && FindObstacle(file) is null && File.Exists(PathOf(file)) && !Containment.IsLink(PathOf(file));

    private static bool IsRelative(string file) => file.Split('/').All(SafeName.IsSafe);

    /// <summary>The first parent folder of a file that is a link or a file; null if there is none.</summary>
    private string? FindObstacle(string file)
    {
        var folder = Path;
        foreach (var part in file.Split('/').SkipLast(1))
        {
            folder = System.IO.Path.Combine(folder, part);
            if (File.Exists(folder) || Containment.IsLink(folder))
            {
                return folder;
            }
        }

        return null;
    }

    private bool Holds(string file, byte[] bytes)
    {
        var path = new FileInfo(PathOf(file));
        return path.Exists && path.Length == bytes.Length && File.ReadAllBytes(path.FullName).AsSpan().SequenceEqual(bytes);
    }

    private string PathOf(string file) => System.IO.Path.Combine([Path, .. file.Split('/')]);

    // Each line is a path, optionally followed by a tab and the owner.
    private Dictionary<string, string> ReadManifest()
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(ManifestPath).Select(line => line.Split('\t', 2)))
        {
            owners[line[0]] = line.ElementAtOrDefault(1) ?? "";
        }

        return owners;
    }

    private void WriteManifest()
    {
        if (Containment.IsLink(ManifestPath))
        {
            throw new IOException($"{ManifestPath} is a link; expected the list of written files. Remove it.");
        }

        var text = string.Concat(_owners.OrderBy(file => file.Key, StringComparer.Ordinal)
            .Select(file => file.Value.Length == 0 ? $"{file.Key}\n" : $"{file.Key}\t{file.Value}\n"));
        if (!File.Exists(ManifestPath) || File.ReadAllText(ManifestPath) != text)
        {
            AtomicFile.WriteAllText(ManifestPath, text);
        }
    }
}

/// <summary>Checks of paths with respect to symbolic links.</summary>
internal static class Containment
{
    /// <summary>Whether a path is inside a folder once the links of both are resolved.</summary>
    public static bool IsInside(string path, string folder) =>
        RealPath.Of(path).StartsWith(Path.TrimEndingDirectorySeparator(RealPath.Of(folder)) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>Whether the path itself is a link of any kind.</summary>
    public static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;
}
