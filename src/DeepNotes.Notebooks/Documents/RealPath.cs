namespace DeepNotes.Notebooks.Documents;

/// <summary>The file that a path resolves to when all symbolic links are followed, as <c>realpath(3)</c> does.</summary>
public static class RealPath
{
    // Linux's limit.
    private const int MaxLinks = 40;

    /// <param name="path">A path; its last component, and that of a link's target, need not exist.</param>
    /// <exception cref="IOException">The links form a cycle.</exception>
    public static string Of(string path)
    {
        var full = Path.GetFullPath(path);
        var place = Path.GetPathRoot(full)!;
        var rest = new Stack<string>(Parts(full[place.Length..]));
        for (var links = 0; rest.TryPop(out var part);)
        {
            // ".." in a link means the parent of the resolved folder.
            var next = part == ".." ? Path.GetDirectoryName(place) ?? place : Path.Combine(place, part);
            if (part == ".." || new FileInfo(next).LinkTarget is not { } target)
            {
                place = next;
                continue;
            }

            if (++links > MaxLinks)
            {
                throw new IOException($"{path}: its symbolic links form a cycle.");
            }

            var root = Path.GetPathRoot(target)!;
            place = root.Length > 0 ? root : place;
            foreach (var inner in Parts(target[root.Length..]))
            {
                rest.Push(inner);
            }
        }

        return place;
    }

    private static IEnumerable<string> Parts(string path) =>
        path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries)
            .Where(part => part != ".")
            .Reverse();
}
