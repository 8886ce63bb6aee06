namespace DeepNotes.Notebooks.Execution;

/// <summary>The commands of .NET Interactive that are known here; each is a line of a cell.</summary>
internal enum CellCommand
{
    /// <summary><c>#!time</c>: how long the cell takes.</summary>
    Time,

    /// <summary><c>#!about</c>: this engine, its C# and its runtime.</summary>
    About,

    /// <summary><c>#!lsmagic</c>: the commands that are known.</summary>
    ListMagic,

    /// <summary><c>#!who</c>: the names of the variables.</summary>
    Who,

    /// <summary><c>#!whos</c>: the variables with their types and values.</summary>
    Whos,

    /// <summary><c>#i "nuget: source"</c>: a further place to get packages from.</summary>
    PackageSource,

    /// <summary><c>#!import file</c>: runs the cells of another notebook, or a file of C#.</summary>
    Import,
}

/// <summary>What is said of lines that begin with <c>#!</c>, <c>#i</c>, <c>#:</c> or <c>%</c>.</summary>
internal static class CellCommands
{
    private const string OtherKernel = "Only C# runs here: leave the line out, and write the cells of the other kernel in C#, or tag them skip-execution.";

    /// <summary>Name and meaning of each command, for <c>#!lsmagic</c>.</summary>
    public static readonly IReadOnlyList<(string Name, CellCommand? Command, string Meaning)> Known =
    [
        ("#!time", CellCommand.Time, "shows how long the cell takes"),
        ("#!about", CellCommand.About, "shows the versions of this engine, of C# and of .NET"),
        ("#!lsmagic", CellCommand.ListMagic, "shows this list"),
        ("#!who", CellCommand.Who, "shows the names of the variables"),
        ("#!whos", CellCommand.Whos, "shows the variables with their types and values"),
        ("#!import file", CellCommand.Import, "runs the cells of another notebook (.ipynb, .dib), or a file of C#"),
        ("#!csharp", null, "what follows is C# again (also #!c#)"),
        ("#!html", null, "what follows is shown as HTML"),
        ("#!markdown", null, "what follows is shown as Markdown"),
        ("#!javascript", null, "what follows is shown as a script of the page (also #!js)"),
        ("#i \"nuget: source\"", null, "gets packages from this address or folder, too"),
        ("#r \"nuget: name, version\"", null, "references a NuGet package"),
        ("#r \"path\"", null, "references an assembly"),
        ("#load \"file.csx\"", null, "reads C# from a file"),
    ];

    // Commands of .NET Interactive that have no meaning here, with what takes their place.
    private static readonly Dictionary<string, string> Instead = new(StringComparer.OrdinalIgnoreCase)
    {
        ["#!share"] = "All cells are C# here and see each other's variables: leave the line out, and make the value in C#.",
        ["#!set"] = "Use a variable: var name = value;",
        ["#!value"] = "Use a variable: var name = \"\"\"…\"\"\";",
        ["#!connect"] = "Use a client library from NuGet in C#: #r \"nuget: …\".",
        ["#!r"] = "Use #r \"nuget: name, version\".",
        ["#!nuget"] = "Use #r \"nuget: name, version\".",
        ["#!extension"] = "Use #r \"path\" or #r \"nuget: …\".",
        ["#!enable-telemetry"] = "Leave the line out: nothing is sent anywhere.",
        ["#!log"] = "Use Console.WriteLine.",
        ["#!explain"] = "Leave the line out.",
        ["#!explore"] = "Use value.DisplayTable().",
        ["#!linqify"] = "Write the query in C#.",
        ["#!meta"] = "Leave the line out: it belongs to files of the format .dib.",
    };

    public static CellCommand? Find(string name) =>
        Known.FirstOrDefault(known => known.Name.Split(' ')[0].Equals(name, StringComparison.OrdinalIgnoreCase)).Command;

    public static bool IsOfInteractive(string name) => Instead.ContainsKey(name);

    /// <summary>Why a line can't be followed.</summary>
    public static string Refusal(string name, string argument) =>
        (IsJupyter(name, argument) ? OtherKernel : Instead.GetValueOrDefault(name)) is { } instead
            ? $"{name} is a command of .NET Interactive; this engine does not know it. {instead}"
            : $"{name} is not a command that this engine knows; #!lsmagic shows those that it does.";

    // The other targets of #!connect are databases and services, which have client libraries.
    private static bool IsJupyter(string name, string argument) =>
        name.Equals("#!connect", StringComparison.OrdinalIgnoreCase) && argument.Split(' ')[0].Equals("jupyter", StringComparison.OrdinalIgnoreCase);
}
