using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Browsers;
using DeepNotes.Notebooks.Jupyter;
using DeepNotes.Notebooks.Tests.Running;

namespace DeepNotes.Cli.Tests.Jupyter;

/// <summary>A notebook server with copies of the chapters, and a browser; both are started on first use.</summary>
public sealed class ClassicNotebookFixture : IAsyncLifetime
{
    public const string EmptyNotebook = "scratch.ipynb";
    public const string Sample = "sample.ipynb";

    private readonly string _folder = Directory.CreateTempSubdirectory("deepnotes-classic-").FullName;
    private NotebookServer? _server;
    private Browser? _browser;

    internal async Task<ClassicNotebook> OpenAsync(string name)
    {
        _server ??= await StartServerAsync();
        _browser ??= await Browser.StartAsync();
        return await ClassicNotebook.OpenAsync(_browser, _server, name);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await (_browser?.DisposeAsync() ?? default);
        await (_server?.DisposeAsync() ?? default);
        Directory.Delete(_folder, recursive: true);
    }

    private Task<NotebookServer> StartServerAsync()
    {
        KernelSpec.Install(KernelFolders.InPrefix(In("env")), Path.Combine(AppContext.BaseDirectory, "deepnotes.dll"));
        CopyChapters(Directory.CreateDirectory(In("notebooks")).FullName);
        return NotebookServer.StartAsync(
            In("notebooks"),
            [
                ("JUPYTER_PATH", Path.Combine(In("env"), "share", "jupyter")), ("JUPYTER_RUNTIME_DIR", In("runtime")),
                ("JUPYTER_CONFIG_DIR", In("config")), ("JUPYTER_DATA_DIR", In("data")), ("IPYTHONDIR", In("ipython")),
                ("DEEPNOTES_DATA", CommandContext.GeneratedData), ("DEEPNOTES_FAST", "1"),
                ("DOTNET_EnableDiagnostics", "0"), // killed kernels would leave their diagnostic pipes behind
            ]);
    }

    private string In(string name) => Path.Combine(_folder, name);

    // The front end saves notebooks, so it must work on copies.
    private void CopyChapters(string folder)
    {
        var repository = Workspace.Find(AppContext.BaseDirectory);
        Directory.CreateSymbolicLink(In("artifacts"), Path.Combine(repository.Root, "artifacts"));
        foreach (var chapter in Directory.EnumerateFiles(repository.Notebooks, "*.ipynb"))
        {
            File.Copy(chapter, Path.Combine(folder, Path.GetFileName(chapter)));
        }

        Add(Path.Combine(folder, EmptyNotebook), TestNotebook.Code(""));
        Add(Path.Combine(folder, Sample), ChapterSample.Cells);
    }

    private static void Add(string path, params JsonObject[] cells)
    {
        var notebook = TestNotebook.At(path, cells);
        notebook.Json["metadata"] = new JsonObject
        {
            ["kernelspec"] = new JsonObject { ["display_name"] = "DeepNotes C#", ["language"] = "C#", ["name"] = "deepnotes" },
        };
        foreach (var cell in notebook.Cells.Where(cell => cell.IsCode))
        {
            cell.ExecutionCount = null;
            cell.Outputs = [];
        }

        notebook.Save();
    }
}
