using DeepNotes.Cli.Execution;
using DeepNotes.Cli.Tests.Support;
using static DeepNotes.Notebooks.Tests.Running.TestNotebook;

namespace DeepNotes.Cli.Tests.Execution;

public sealed class NotebookPathsTests : IDisposable
{
    private readonly TestRepository _repository = new();

    [Theory]
    [InlineData("", "01-a 02-b 11a-c")]
    [InlineData("notebooks", "01-a 02-b 11a-c")]
    [InlineData("notebooks/02-b.ipynb", "02-b")]
    [InlineData("notebooks/0*.ipynb", "01-a 02-b")]
    [InlineData("notebooks/??-?.ipynb", "01-a 02-b")]
    [InlineData("02", "02-b")]
    [InlineData("11a 01 notebooks/01-a.ipynb", "11a-c 01-a")]
    [InlineData("11", "11a-c")]
    public void Arguments_are_notebooks_folders_patterns_or_chapters(string arguments, string expected)
    {
        foreach (var name in (string[])["11a-c", "02-b", "01-a"])
        {
            _repository.Add(name, Code(""));
        }

        Directory.CreateDirectory(_repository.In("notebooks", ".ipynb_checkpoints"));
        var context = _repository.Context(TextWriter.Null, TextWriter.Null);
        var paths = NotebookPaths.Resolve(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), context);

        Assert.Equal(expected, string.Join(' ', paths.Select(Path.GetFileNameWithoutExtension)));
    }

    public void Dispose() => _repository.Dispose();
}
