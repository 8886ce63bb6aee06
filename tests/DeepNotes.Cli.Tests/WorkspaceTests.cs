using DeepNotes.Cli.Tests.Support;

namespace DeepNotes.Cli.Tests;

public sealed class RepositoryTests : IDisposable
{
    private readonly TestRepository _repository = new();

    [Fact]
    public void Is_found_from_a_folder_inside_or_else_from_the_next_place()
    {
        Assert.Equal(_repository.Root, Workspace.Find(_repository.In("notebooks")).Root);
        Assert.Equal(_repository.Root, Workspace.Find(Path.GetPathRoot(_repository.Root)!, _repository.Root).Root);
    }

    [Fact]
    public void Outside_of_any_the_error_says_where_to_start() =>
        Assert.Contains("Start deepnotes in your clone", Assert.Throws<CommandFailure>(() => Workspace.Find(Path.GetPathRoot(_repository.Root)!)).Message);

    public void Dispose() => _repository.Dispose();
}
