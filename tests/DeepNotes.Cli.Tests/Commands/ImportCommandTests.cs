using DeepNotes.Cli.Tests.Support;

namespace DeepNotes.Cli.Tests.Commands;

public sealed class ImportCommandTests : IDisposable
{
    private readonly TestRepository _repository = new();

    [Fact]
    public async Task A_folder_of_dib_files_is_converted_without_overwriting_notebooks()
    {
        File.WriteAllText(_repository.In("notebooks", "a.dib"), "#!markdown\n# A\n#!csharp\nprint a");
        File.WriteAllText(_repository.In("notebooks", "b.dib"), "print b");
        File.WriteAllText(_repository.In("notebooks", "b.ipynb"), "mine");
        var (code, output, error) = await _repository.RunAsync("import", "notebooks");

        Assert.Equal(1, code);
        Assert.Equal($"{Path.Combine("notebooks", "a.dib")}: {Path.Combine("notebooks", "a.ipynb")}", output.TrimEnd());
        Assert.Contains("b.ipynb already exists", Assert.Single(error.TrimEnd().Split('\n')));
        Assert.Equal("mine", File.ReadAllText(_repository.In("notebooks", "b.ipynb")));
        Assert.Equal(0, (await _repository.RunAsync("run", "notebooks/a.ipynb")).Code);
    }

    public void Dispose() => _repository.Dispose();
}
