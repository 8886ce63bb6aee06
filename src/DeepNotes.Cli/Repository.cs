namespace DeepNotes.Cli;

/// <summary>The folders of a DeepNotes checkout.</summary>
internal sealed class Repository(string root)
{
    private const string Mark = "DeepNotes.sln";

    public string Root { get; } = root;

    public string Notebooks => Path.Combine(Root, "notebooks");

    /// <summary>All that commands make; ignored by git and safe to delete.</summary>
    public string Output => Path.Combine(Root, "out");

    public string Cache => Path.Combine(Output, "cache");

    /// <summary>The library as the notebooks' first cell names it.</summary>
    public string Library => Path.Combine(Root, "artifacts", "bin", "DeepNotes.Lib", "release", "DeepNotes.Lib.dll");

    /// <summary>The checkout that one of these folders lies in; the first that lies in one counts.</summary>
    public static Repository Find(params IEnumerable<string> places)
    {
        foreach (var place in places)
        {
            for (var folder = new DirectoryInfo(place); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, Mark)))
                {
                    return new Repository(folder.FullName);
                }
            }
        }

        throw new CommandFailure($"No DeepNotes repository here: no folder above {string.Join(" or ", places)} holds {Mark}. Start deepnotes in your clone.");
    }
}
