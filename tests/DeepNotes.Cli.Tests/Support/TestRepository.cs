using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Book;
using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Tests.Running;

namespace DeepNotes.Cli.Tests.Support;

/// <summary>A temporary checkout whose notebooks run in scripted sessions.</summary>
internal sealed class TestRepository : IDisposable
{
    public TestRepository()
    {
        File.WriteAllText(Path.Combine(Root, "DeepNotes.sln"), "");
        Directory.CreateDirectory(Workspace.Notebooks);
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("deepnotes cli ").FullName;

    public Workspace Workspace => Workspace.OfClone(Root);

    /// <summary>The number of sessions started.</summary>
    public int Sessions { get; private set; }

    public string Data { get; set; } = "generated";

    /// <summary>Called when a cell begins to wait.</summary>
    public Action Waiting { get; set; } = () => { };

    public string In(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Writes a notebook with these cells to notebooks/.</summary>
    public string Add(string name, params JsonObject[] cells)
    {
        var path = In("notebooks", name + ".ipynb");
        TestNotebook.At(path, cells).Save();
        return path;
    }

    public async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(arguments, Context(output, error));
        return (code, output.ToString(), error.ToString());
    }

    public CommandContext Context(TextWriter output, TextWriter error) => new()
    {
        CurrentDirectory = Root,
        Workspace = Workspace,
        Output = output,
        Error = error,
        IsLive = false,
        ShowStackTraces = false,
        StartSession = (_, _, _) =>
        {
            Sessions++;
            return Task.FromResult<ISession>(new ScriptedSession { Waiting = Waiting });
        },
        DescribeData = () => Data,
        FindFrontEnd = () => FrontEnd.FromCdn(),
    };

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
