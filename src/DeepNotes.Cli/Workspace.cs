namespace DeepNotes.Cli;

/// <summary>
/// The folders that commands read from and write to: those of a clone of the repository, or of any other folder of
/// notebooks.
/// </summary>
internal sealed class Workspace
{
    private const string SolutionFile = "DeepNotes.sln";
    private const string LibraryFile = "DeepNotes.Lib.dll";

    private Workspace(string root, bool isClone)
    {
        Root = root;
        IsClone = isClone;
    }

    public string Root { get; }

    /// <summary>False where the program runs as an installed tool, outside a clone.</summary>
    public bool IsClone { get; }

    public string Notebooks => IsClone ? Path.Combine(Root, "notebooks") : Root;

    /// <summary>The output of all commands; ignored by git and safe to delete.</summary>
    public string Output => Path.Combine(Root, "out");

    public string Cache => Path.Combine(Output, "cache");

    /// <summary>npm packages of the book's pages; in a clone outside <see cref="Output"/>, so that deleting it keeps them.</summary>
    public string Npm => Path.Combine(IsClone ? Path.Combine(Root, "artifacts") : Output, "npm");

    /// <summary>The default folder for growth curves.</summary>
    public string BenchmarkResults => Path.Combine(IsClone ? Path.Combine(Root, "benchmarks") : Output, "results");

    /// <summary>The folders that commands write to.</summary>
    public IReadOnlyList<string> WrittenFolders =>
        IsClone ? [Output, Notebooks, Path.Combine(Root, "data", "cache")] : [Output, Root];

    /// <summary>The assemblies that notebooks may reference in their first cell.</summary>
    public IReadOnlyList<string> LibraryAssemblies =>
        [Library, Path.Combine(Path.GetDirectoryName(Library)!, "MathNet.Numerics.dll")];

    /// <summary>The library that the chapters' first cell references; outside a clone, the copy shipped with the program.</summary>
    public string Library => IsClone
        ? Path.Combine(Root, "artifacts", "bin", "DeepNotes.Lib", "release", LibraryFile)
        : Path.Combine(AppContext.BaseDirectory, LibraryFile);

    /// <summary>The clone whose root is this folder.</summary>
    public static Workspace OfClone(string root) => new(root, isClone: true);

    /// <summary>The clone around the first of these folders that is inside one; otherwise the first folder itself.</summary>
    public static Workspace Find(string folder, params IEnumerable<string> fallbacks) =>
        fallbacks.Prepend(folder).Select(FindCloneAbove).FirstOrDefault(clone => clone is not null) ?? new Workspace(folder, isClone: false);

    /// <summary>Ends a command that works in a clone only.</summary>
    /// <exception cref="CommandFailure">The workspace is not a clone.</exception>
    public void RequireClone(string command)
    {
        if (!IsClone)
        {
            throw new CommandFailure($"deepnotes {command} needs a clone of the DeepNotes repository: no folder above {Root} contains {SolutionFile}. Run it in your clone.");
        }
    }

    private static Workspace? FindCloneAbove(string path)
    {
        for (var folder = new DirectoryInfo(path); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, SolutionFile)))
            {
                return OfClone(folder.FullName);
            }
        }

        return null;
    }
}
