using System.Text.Json.Nodes;
using DeepNotes.Cli.Tests.Support;
using DeepNotes.Notebooks.Browsers;
using static DeepNotes.Notebooks.Tests.Running.TestNotebook;

namespace DeepNotes.Cli.Tests.Commands;

public sealed class FiguresCommandTests : IDisposable
{
    private readonly TestRepository _repository = new();

    [Fact]
    public async Task Every_figure_is_written_and_old_files_are_removed()
    {
        _repository.Add("04-a", Code("picture one"), Code("picture gone"));
        await _repository.RunAsync("figures");
        _repository.Add("04-a", Code("picture one\npicture two"), Code("print no figure"));
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

    [Fact]
    public async Task Notebooks_with_the_same_number_keep_separate_figures_in_any_order()
    {
        _repository.Add("04-a", Code("picture one"));
        _repository.Add("04-a-mine", Code("picture mine"));
        await _repository.RunAsync("figures", "notebooks/04-a.ipynb");
        await _repository.RunAsync("figures", "notebooks/04-a-mine.ipynb");
        await _repository.RunAsync("figures");
        await _repository.RunAsync("figures", "notebooks/04-a-mine.ipynb");

        Assert.Contains("<title>one</title>", File.ReadAllText(_repository.In("out", "figures", "04", "c1.svg")));
        Assert.Contains("<title>mine</title>", File.ReadAllText(_repository.In("out", "figures", "04-a-mine", "c1.svg")));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("../../..")]
    [InlineData("../../album")]
    [InlineData("..\\..\\album")]
    [InlineData("04/../../../album")]
    [InlineData("")]
    public async Task A_chapter_number_cannot_escape_the_output_folder(string chapter)
    {
        var path = _repository.Add("evil", Code("picture one"));
        var json = (JsonObject)JsonNode.Parse(File.ReadAllText(path))!;
        json["metadata"]!["deepnotes"] = new JsonObject { ["chapter"] = chapter == "/" ? _repository.In("album") : chapter };
        File.WriteAllText(path, json.ToJsonString());
        string[] theirs = [_repository.In("album", "holiday.png"), _repository.In("album", "c1.svg"), _repository.In("out", "figures", "mine.svg")];
        Directory.CreateDirectory(_repository.In("album"));
        Directory.CreateDirectory(_repository.In("out", "figures"));
        Array.ForEach(theirs, file => File.WriteAllText(file, "theirs"));

        var (code, _, _) = await _repository.RunAsync("figures");

        Assert.Equal(0, code);
        Assert.All(theirs, file => Assert.Equal("theirs", File.ReadAllText(file)));
        Assert.Equal([_repository.In("out", "figures", "evil", "c1.svg")],
            Directory.GetFiles(_repository.Root, "c1.svg", SearchOption.AllDirectories).Except(theirs));
    }

    [Fact]
    public async Task A_foreign_file_is_not_overwritten_by_a_figure()
    {
        _repository.Add("04-a", Code("picture one"));
        Directory.CreateDirectory(_repository.In("out", "figures", "04"));
        File.WriteAllText(_repository.In("out", "figures", "04", "c1.svg"), "years of work");

        var (code, _, error) = await _repository.RunAsync("figures");

        Assert.Equal(1, code);
        Assert.Contains("c1.svg exists and was not written by this command", error);
        Assert.Equal("years of work", File.ReadAllText(_repository.In("out", "figures", "04", "c1.svg")));
    }

    // The output of earlier versions: no manifest, other SVG files under the same names, and one of a deleted cell.
    [Fact]
    public async Task Figures_of_a_version_without_a_manifest_are_updated()
    {
        _repository.Add("04-a", Code("picture one"));
        var folder = Directory.CreateDirectory(_repository.In("out", "figures", "04")).FullName;
        var old = $"{Chart.Line([1f, 2f]).ToSvg()}";
        foreach (var name in new[] { "c1.svg", "gone.svg" })
        {
            File.WriteAllText(Path.Combine(folder, name), old);
        }

        foreach (var name in new[] { "c1.png", "c1.json", "gone.png", "mine.png" })
        {
            File.WriteAllText(Path.Combine(folder, name), "old");
        }

        var (code, _, error) = await _repository.RunAsync("figures");

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("<title>one</title>", File.ReadAllText(Path.Combine(folder, "c1.svg")));
        Assert.NotEqual("old", File.ReadAllText(Path.Combine(folder, "c1.json")));
        Assert.Equal(["mine.png"], Directory.GetFiles(folder).Select(Path.GetFileName).Where(name => !name!.StartsWith("c1", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_renamed_notebook_takes_over_its_figures()
    {
        var first = _repository.Add("04-a", Code("picture one"), Code("picture gone"));
        await _repository.RunAsync("figures");
        File.Delete(first);
        _repository.Add("04-b", Code("picture two"));

        var (code, _, error) = await _repository.RunAsync("figures");

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("<title>two</title>", File.ReadAllText(_repository.In("out", "figures", "04", "c1.svg")));
        Assert.False(File.Exists(_repository.In("out", "figures", "04", "c2.svg")));
    }

    public void Dispose() => _repository.Dispose();
}
