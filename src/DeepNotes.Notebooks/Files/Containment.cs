using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Files;

/// <summary>Whether a path stays where it seems to be.</summary>
internal static class Containment
{
    /// <summary>Whether a path lies below a folder, links of both followed.</summary>
    public static bool IsInside(string path, string folder) =>
        RealPath.Of(path).StartsWith(Path.TrimEndingDirectorySeparator(RealPath.Of(folder)) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>Whether there is a link, of whatever kind, at this very place.</summary>
    public static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;
}
