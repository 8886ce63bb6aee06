using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Book;

/// <summary>
/// The folder of a published book. Its list of files marks it as ours: only listed files are ever replaced or removed.
/// </summary>
internal sealed class BookFolder
{
    private const string ListName = ".deepnotes-book";

    private readonly string _folder;
    private readonly IReadOnlyList<string> _oldFiles;

    /// <exception cref="BookException">The folder holds something that is not a book.</exception>
    public BookFolder(string folder)
    {
        _folder = Path.GetFullPath(folder);
        if (File.Exists(_folder))
        {
            throw new BookException($"book: {_folder} is a file; expected a folder. Choose another with --out.");
        }

        var list = Path.Combine(_folder, ListName);
        if (File.Exists(list))
        {
            _oldFiles = File.ReadAllLines(list);
            return;
        }

        if (Directory.Exists(_folder) && Directory.EnumerateFileSystemEntries(_folder).Any())
        {
            throw new BookException(
                $"book: {_folder} holds files that are not a book of DeepNotes, and they would be overwritten. "
                + "Choose an empty folder with --out.");
        }

        _oldFiles = [];
    }

    /// <summary>Brings the folder to hold these files; returns how many differed.</summary>
    public int Write(IReadOnlyDictionary<string, byte[]> files)
    {
        try
        {
            return Replace(files);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BookException($"book: can't write to {_folder}: {error.Message}", error);
        }
    }

    private int Replace(IReadOnlyDictionary<string, byte[]> files)
    {
        Directory.CreateDirectory(_folder);
        var changed = files.Where(file => !Holds(file.Key, file.Value)).ToList();

        // All bytes reach the disk before the first file takes its place: a full disk leaves the old book whole.
        var staging = Directory.CreateDirectory(Path.Combine(_folder, $".staging-{Guid.NewGuid():N}")).FullName;
        try
        {
            for (var i = 0; i < changed.Count; i++)
            {
                File.WriteAllBytes(Path.Combine(staging, $"{i}"), changed[i].Value);
            }

            WriteList(files.Keys.Union(_oldFiles));
            for (var i = 0; i < changed.Count; i++)
            {
                var target = Path.Combine(_folder, changed[i].Key);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Move(Path.Combine(staging, $"{i}"), target, overwrite: true);
            }
        }
        finally
        {
            Directory.Delete(staging, recursive: true);
        }

        foreach (var old in _oldFiles.Except(files.Keys).Where(IsInside))
        {
            File.Delete(Path.Combine(_folder, old));
        }

        WriteList(files.Keys);
        return changed.Count;
    }

    private void WriteList(IEnumerable<string> files)
    {
        var text = string.Concat(files.Order(StringComparer.Ordinal).Select(file => file + "\n"));
        var path = Path.Combine(_folder, ListName);
        if (!File.Exists(path) || File.ReadAllText(path) != text)
        {
            AtomicFile.WriteAllText(path, text);
        }
    }

    private bool Holds(string file, byte[] bytes)
    {
        var path = new FileInfo(Path.Combine(_folder, file));
        return path.Exists && path.Length == bytes.Length && File.ReadAllBytes(path.FullName).AsSpan().SequenceEqual(bytes);
    }

    // The list is a file that anyone can edit: an entry that leads out of the folder is not ours to delete.
    private bool IsInside(string file) =>
        Path.GetFullPath(Path.Combine(_folder, file)).StartsWith(_folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
        && File.Exists(Path.Combine(_folder, file));
}
