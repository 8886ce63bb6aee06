namespace DeepNotes.Cli;

/// <summary>
/// Where commands find notebooks and the library, and where they put what they make: a clone of the repository, or any
/// other folder of notebooks.
/// </summary>
internal sealed class Workspace
{
    private const string Mark = "DeepNotes.sln";
    private const string LibraryFile = "DeepNotes.Lib.dll";

    private Workspace(string root, bool isClone)
    {
        Root = root;
        IsClone = isClone;
    }

    public string Root { get; }

    /// <summary>False where the program was installed as a tool and runs outside of a clone.</summary>
    public bool IsClone { get; }

    public string Notebooks => IsClone ? Path.Combine(Root, "notebooks") : Root;

    /// <summary>All that commands make; ignored by git and safe to delete.</summary>
    public string Output => Path.Combine(Root, "out");

    public string Cache => Path.Combine(Output, "cache");

    /// <summary>Front-end packages of the book's pages; in a clone they are kept when <see cref="Output"/> is deleted.</summary>
    public string Npm => Path.Combine(IsClone ? Path.Combine(Root, "artifacts") : Output, "npm");

    /// <summary>What a growth curve is saved as, unless another folder is named.</summary>
    public string BenchmarkResults => Path.Combine(IsClone ? Path.Combine(Root, "benchmarks") : Output, "results");

    /// <summary>Where commands write to.</summary>
    public IReadOnlyList<string> WrittenFolders =>
        IsClone ? [Output, Notebooks, Path.Combine(Root, "data", "cache")] : [Output, Root];

    /// <summary>What notebooks may refer to in their first cell.</summary>
    public IReadOnlyList<string> LibraryAssemblies =>
        [Library, Path.Combine(Path.GetDirectoryName(Library)!, "MathNet.Numerics.dll")];

    /// <summary>The library as the chapters' first cell names it; outside of a clone, the one that the program brings along.</summary>
    public string Library => IsClone
        ? Path.Combine(Root, "artifacts", "bin", "DeepNotes.Lib", "release", LibraryFile)
        : Path.Combine(AppContext.BaseDirectory, LibraryFile);

    /// <summary>The clone at this folder.</summary>
    public static Workspace OfClone(string root) => new(root, isClone: true);

    /// <summary>The clone that one of these folders lies in, the first that lies in one; else the first folder itself.</summary>
    public static Workspace Find(string folder, params IEnumerable<string> others) =>
        others.Prepend(folder).Select(CloneAround).FirstOrDefault(clone => clone is not null) ?? new Workspace(folder, isClone: false);

    /// <summary>Ends a command that is of use in a clone only.</summary>
    /// <exception cref="CommandFailure">This is no clone.</exception>
    public void RequireClone(string command)
    {
        if (!IsClone)
        {
            throw new CommandFailure($"deepnotes {command} needs a clone of the DeepNotes repository: no folder above {Root} holds {Mark}. Start it in your clone.");
        }
    }

    private static Workspace? CloneAround(string place)
    {
        for (var folder = new DirectoryInfo(place); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Mark)))
            {
                return OfClone(folder.FullName);
            }
        }

        return null;
    }
}
