using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Files;

/// <summary>
/// A folder that a command fills. A list in it names the files that we wrote: only these are ever replaced or removed,
/// and no link leads a write or a removal out of the folder.
/// </summary>
public sealed class OutputFolder
{
    private readonly string _listName;
    private readonly Dictionary<string, string> _owners;

    /// <param name="folder">An existing or missing folder; a link to a folder stands for that folder.</param>
    /// <param name="listName">The name of the list of our files.</param>
    /// <exception cref="IOException">The place is a file or a link to nothing.</exception>
    public OutputFolder(string folder, string listName)
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

        _listName = listName;
        HasList = File.Exists(ListPath) && !Containment.IsLink(ListPath);
        _owners = HasList ? ReadList() : [];
    }

    public string Path { get; }

    /// <summary>Whether an earlier run has written here.</summary>
    public bool HasList { get; }

    /// <summary>Whether there is anything in the folder but no list of ours.</summary>
    public bool IsForeign => !HasList && Directory.Exists(Path) && Directory.EnumerateFileSystemEntries(Path).Any();

    private string ListPath => System.IO.Path.Combine(Path, _listName);

    /// <summary>The owners of the files that we wrote below a subfolder.</summary>
    public IReadOnlySet<string> OwnersIn(string subfolder) =>
        FilesIn(subfolder).Select(file => _owners[file]).ToHashSet(StringComparer.Ordinal);

    /// <summary>Takes files into the list that we wrote before there was one; a file that the list has keeps its owner.</summary>
    public void Adopt(IEnumerable<string> files)
    {
        foreach (var file in files.Where(IsPlain))
        {
            _owners.TryAdd(file, "");
        }
    }

    /// <summary>Gives all that we wrote below a subfolder to one owner: that of a notebook that was renamed, say.</summary>
    public void TakeOver(string subfolder, string owner)
    {
        foreach (var file in FilesIn(subfolder).ToList())
        {
            _owners[file] = owner;
        }
    }

    /// <summary>The bytes of a file that we wrote; null when there is none.</summary>
    public byte[]? Read(string file) => _owners.ContainsKey(file) && IsPlain(file) ? File.ReadAllBytes(PathOf(file)) : null;

    /// <summary>Brings an owner's part of the folder to be these files; returns how many differed.</summary>
    /// <param name="files">Bytes by relative path, its segments safe names joined by "/".</param>
    /// <param name="owner">Whose files they are; the files of other owners stay.</param>
    /// <exception cref="IOException">A file is in the way that we did not write, or the disk refuses.</exception>
    public int Replace(IReadOnlyDictionary<string, byte[]> files, string owner = "")
    {
        Directory.CreateDirectory(Path);
        foreach (var (file, bytes) in files)
        {
            CheckFree(file, bytes, owner);
        }

        var changed = files.Where(file => !Holds(file.Key, file.Value)).ToList();

        // All bytes reach the disk before the first file takes its place: a full disk leaves what was there whole.
        var staging = Directory.CreateDirectory(System.IO.Path.Combine(Path, $".staging-{Guid.NewGuid():N}")).FullName;
        try
        {
            for (var i = 0; i < changed.Count; i++)
            {
                File.WriteAllBytes(System.IO.Path.Combine(staging, $"{i}"), changed[i].Value);
            }

            Place(files, changed.Select(file => file.Key).ToList(), staging, owner);
        }
        finally
        {
            Directory.Delete(staging, recursive: true);
        }

        return changed.Count;
    }

    private IEnumerable<string> FilesIn(string subfolder) =>
        _owners.Keys.Where(file => NameRegister.Key(file).StartsWith(NameRegister.Key(subfolder + "/"), StringComparison.Ordinal));

    private void Place(IReadOnlyDictionary<string, byte[]> files, List<string> changed, string staging, string owner)
    {
        var old = _owners.Where(file => file.Value == owner && !files.ContainsKey(file.Key)).Select(file => file.Key).ToList();
        foreach (var file in files.Keys)
        {
            _owners[file] = owner;
        }

        // While both are there, the list names both.
        WriteList();

        // Removed first: on some file systems an old name that differs in case is the new file.
        foreach (var file in old)
        {
            if (IsPlain(file))
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

        WriteList();
    }

    private void CheckFree(string file, byte[] bytes, string owner)
    {
        if (!IsRelative(file))
        {
            throw new ArgumentException($"Expected a relative path of safe names, got \"{file}\".", nameof(file));
        }

        if (FindObstacle(file) is { } obstacle)
        {
            throw new IOException($"{obstacle} is a link or a file; expected a folder of ours. Move it away, or choose another folder.");
        }

        var isThere = File.Exists(PathOf(file)) || Containment.IsLink(PathOf(file));
        if (isThere && !(_owners.GetValueOrDefault(file) == owner && IsPlain(file)) && !(IsPlain(file) && Holds(file, bytes)))
        {
            throw new IOException($"{PathOf(file)} is there and was not written by this command; move or delete it.");
        }
    }

    // The list is a file that anyone can edit: what leads out of the folder, or is a link, is not ours.
    private bool IsPlain(string file) =>
        IsRelative(file) && FindObstacle(file) is null && File.Exists(PathOf(file)) && !Containment.IsLink(PathOf(file));

    private static bool IsRelative(string file) => file.Split('/').All(SafeName.IsSafe);

    /// <summary>The first of the folders on the way to a file that is a link or no folder.</summary>
    private string? FindObstacle(string file)
    {
        var place = Path;
        foreach (var part in file.Split('/').SkipLast(1))
        {
            place = System.IO.Path.Combine(place, part);
            if (File.Exists(place) || Containment.IsLink(place))
            {
                return place;
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

    // A line is a path, and after a tab its owner.
    private Dictionary<string, string> ReadList()
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(ListPath).Select(line => line.Split('\t', 2)))
        {
            owners[line[0]] = line.ElementAtOrDefault(1) ?? "";
        }

        return owners;
    }

    private void WriteList()
    {
        if (Containment.IsLink(ListPath))
        {
            throw new IOException($"{ListPath} is a link; expected the list of files that we wrote. Remove it.");
        }

        var text = string.Concat(_owners.OrderBy(file => file.Key, StringComparer.Ordinal)
            .Select(file => file.Value.Length == 0 ? $"{file.Key}\n" : $"{file.Key}\t{file.Value}\n"));
        if (!File.Exists(ListPath) || File.ReadAllText(ListPath) != text)
        {
            AtomicFile.WriteAllText(ListPath, text);
        }
    }
}

/// <summary>Whether a path stays where it seems to be.</summary>
internal static class Containment
{
    /// <summary>Whether a path lies below a folder, links of both followed.</summary>
    public static bool IsInside(string path, string folder) =>
        RealPath.Of(path).StartsWith(Path.TrimEndingDirectorySeparator(RealPath.Of(folder)) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>Whether there is a link, of whatever kind, at this very place.</summary>
    public static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;
}
