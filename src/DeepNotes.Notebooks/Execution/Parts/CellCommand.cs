namespace DeepNotes.Notebooks.Execution;

/// <summary>The supported commands of .NET Interactive; each is a line of a cell.</summary>
internal enum CellCommand
{
    /// <summary><c>#!time</c>: shows the duration of the cell.</summary>
    Time,

    /// <summary><c>#!about</c>: shows the versions of the engine, of C# and of .NET.</summary>
    About,

    /// <summary><c>#!lsmagic</c>: lists the supported commands.</summary>
    ListMagic,

    /// <summary><c>#!who</c>: lists the names of the variables.</summary>
    Who,

    /// <summary><c>#!whos</c>: lists the variables with their types and values.</summary>
    Whos,

    /// <summary><c>#i "nuget: source"</c>: adds a package source.</summary>
    PackageSource,

    /// <summary><c>#!import file</c>: runs the cells of another notebook, or a C# file.</summary>
    Import,
}

/// <summary>The supported commands, and error messages for unsupported ones.</summary>
internal static class CellCommands
{
    private const string OtherKernel = "Only C# runs here: leave the line out, and write the cells of the other kernel in C#, or tag them skip-execution.";

    /// <summary>The name and description of each command, for <c>#!lsmagic</c>.</summary>
    public static readonly IReadOnlyList<(string Name, CellCommand? Command, string Description)> Known =
    [
        ("#!time", CellCommand.Time, "shows the duration of the cell"),
        ("#!about", CellCommand.About, "shows the versions of this engine, of C# and of .NET"),
        ("#!lsmagic", CellCommand.ListMagic, "shows this list"),
        ("#!who", CellCommand.Who, "shows the names of the variables"),
        ("#!whos", CellCommand.Whos, "shows the variables with their types and values"),
        ("#!import file", CellCommand.Import, "runs the cells of another notebook (.ipynb, .dib), or a C# file"),
        ("#!csharp", null, "switches back to C# (also #!c#)"),
        ("#!html", null, "displays the following text as HTML"),
        ("#!markdown", null, "displays the following text as Markdown"),
        ("#!javascript", null, "runs the following text as a script of the page (also #!js)"),
        ("#i \"nuget: source\"", null, "adds a package source: a URL or folder"),
        ("#r \"nuget: name, version\"", null, "references a NuGet package"),
        ("#r \"path\"", null, "references an assembly"),
        ("#load \"file.csx\"", null, "runs C# from a file"),
    ];

    // Unsupported commands of .NET Interactive, with alternatives.
    private static readonly Dictionary<string, string> Alternative = new(StringComparer.OrdinalIgnoreCase)
    {
        ["#!share"] = "All cells are C# and share their variables: remove the line, and create the value in C#.",
        ["#!set"] = "Use a variable: var name = value;",
        ["#!value"] = "Use a variable: var name = \"\"\"…\"\"\";",
        ["#!connect"] = "Use a client library from NuGet in C#: #r \"nuget: …\".",
        ["#!r"] = "Use #r \"nuget: name, version\".",
        ["#!nuget"] = "Use #r \"nuget: name, version\".",
        ["#!extension"] = "Use #r \"path\" or #r \"nuget: …\".",
        ["#!enable-telemetry"] = "Remove the line: there is no telemetry.",
        ["#!log"] = "Use Console.WriteLine.",
        ["#!explain"] = "Remove the line.",
        ["#!explore"] = "Use value.DisplayTable().",
        ["#!linqify"] = "Write the query in C#.",
        ["#!meta"] = "Remove the line: it belongs in .dib files.",
    };

    public static CellCommand? Find(string name) =>
        Known.FirstOrDefault(known => known.Name.Split(' ')[0].Equals(name, StringComparison.OrdinalIgnoreCase)).Command;

    public static bool IsInteractiveCommand(string name) => Alternative.ContainsKey(name);

    /// <summary>The error message for an unsupported command.</summary>
    public static string Refusal(string name, string argument) =>
        (IsJupyter(name, argument) ? OtherKernel : Alternative.GetValueOrDefault(name)) is { } instead
            ? $"{name} is a command of .NET Interactive that this engine does not support. {instead}"
            : $"{name} is not a supported command; #!lsmagic lists those that are.";

    // The other targets of #!connect are databases and services, which have client libraries.
    private static bool IsJupyter(string name, string argument) =>
        name.Equals("#!connect", StringComparison.OrdinalIgnoreCase) && argument.Split(' ')[0].Equals("jupyter", StringComparison.OrdinalIgnoreCase);
}
