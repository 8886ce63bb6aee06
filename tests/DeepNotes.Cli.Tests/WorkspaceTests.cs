using DeepNotes.Cli.Tests.Support;

namespace DeepNotes.Cli.Tests;

public sealed class WorkspaceTests : IDisposable
{
    private readonly TestRepository _repository = new();
    private readonly string _elsewhere = Directory.CreateTempSubdirectory("deepnotes elsewhere ").FullName;

    [Fact]
    public void A_clone_is_found_from_a_subfolder_or_from_a_fallback()
    {
        Assert.Equal(_repository.Root, Workspace.Find(_repository.In("notebooks")).Root);
        Assert.Equal(_repository.Root, Workspace.Find(_elsewhere, _repository.Root).Root);
        Assert.True(Workspace.Find(_elsewhere, _repository.Root).IsClone);
    }

    [Fact]
    public void Any_other_folder_is_a_workspace_of_notebooks()
    {
        var workspace = Workspace.Find(_elsewhere, _elsewhere);

        Assert.False(workspace.IsClone);
        Assert.Equal((_elsewhere, _elsewhere), (workspace.Root, workspace.Notebooks));
        Assert.All([workspace.Cache, workspace.Npm, workspace.BenchmarkResults], folder => Assert.StartsWith(Path.Combine(_elsewhere, "out"), folder, StringComparison.Ordinal));
        Assert.True(File.Exists(workspace.Library));
    }

    [Fact]
    public async Task A_command_that_needs_a_clone_fails_elsewhere()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(["build"], _repository.Context(output, error) with { Workspace = Workspace.Find(_elsewhere) });

        Assert.Equal(1, code);
        Assert.Equal(
            $"deepnotes build needs a clone of the DeepNotes repository: no folder above {_elsewhere} contains DeepNotes.sln. Run it in your clone.",
            error.ToString().TrimEnd());
    }

    public void Dispose()
    {
        _repository.Dispose();
        Directory.Delete(_elsewhere, recursive: true);
    }
}
