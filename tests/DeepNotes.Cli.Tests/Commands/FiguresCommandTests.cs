using DeepNotes.Cli.Tests.Support;
using DeepNotes.Notebooks.Browsers;
using static DeepNotes.Notebooks.Tests.Running.TestNotebook;

namespace DeepNotes.Cli.Tests.Commands;

public sealed class FiguresCommandTests : IDisposable
{
    private readonly TestRepository _repository = new();

    [Fact]
    public async Task Every_figure_becomes_files_and_old_ones_go()
    {
        _repository.Add("04-a", Code("picture one\npicture two"), Code("print no figure"));
        Directory.CreateDirectory(_repository.In("out", "figures", "04"));
        File.WriteAllText(_repository.In("out", "figures", "04", "gone.svg"), "<svg/>");
        var (code, output, _) = await _repository.RunAsync("figures");

        Assert.Equal(0, code);
        Assert.Contains("04-a: 2 figures", output);
        var expected = new List<string> { "c1-2.json", "c1-2.svg", "c1.json", "c1.svg" };
        if (Browser.Find() is not null)
        {
            expected.AddRange(["c1-2.png", "c1.png"]);
        }

        Assert.Equal(expected.Order(), Directory.GetFiles(_repository.In("out", "figures", "04")).Select(Path.GetFileName).Order());
        Assert.Contains("<title>one</title>", File.ReadAllText(_repository.In("out", "figures", "04", "c1.svg")));
    }

    public void Dispose() => _repository.Dispose();
}
