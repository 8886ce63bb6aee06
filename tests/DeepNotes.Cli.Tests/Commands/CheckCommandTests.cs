using DeepNotes.Cli.Tests.Support;
using static DeepNotes.Notebooks.Tests.Running.TestNotebook;

namespace DeepNotes.Cli.Tests.Commands;

public sealed class CheckCommandTests : IDisposable
{
    private readonly TestRepository _repository = new();

    [Fact]
    public async Task A_saved_run_matches()
    {
        var path = _repository.Add("01-a", Code("result 5"));
        await _repository.RunAsync("run");
        var saved = File.ReadAllText(path);
        var (code, output, _) = await _repository.RunAsync("check");

        Assert.Equal(0, code);
        Assert.Contains("same bytes", output);
        Assert.Equal(saved, File.ReadAllText(path));
    }

    [Fact]
    public async Task A_difference_is_reported_with_cell_kind_old_and_new_value()
    {
        var path = _repository.Add("01-a", Code("result old"));
        await _repository.RunAsync("run");
        File.WriteAllText(path, File.ReadAllText(path).Replace("result old", "result new"));
        var (code, _, error) = await _repository.RunAsync("check");

        Assert.Equal(1, code);
        Assert.Equal("01-a.ipynb: cell 1, execute_result text/plain\n  - \"old\"\n  + \"new\"", error.Trim()[("notebooks".Length + 1)..]);
    }

    [Fact]
    public async Task With_other_data_only_the_structure_is_compared()
    {
        _repository.Add("01-a", Code("result 5"));
        await _repository.RunAsync("run");
        _repository.Data = "mnist-10000";
        var (code, output, _) = await _repository.RunAsync("check");

        Assert.Equal(0, code);
        Assert.Contains("same structure (data generated → mnist-10000)", output);
    }

    [Fact]
    public async Task A_notebook_without_a_saved_run_differs()
    {
        _repository.Add("01-a", Code("print a"));
        var (code, _, error) = await _repository.RunAsync("check", "01");

        Assert.Equal(1, code);
        Assert.Contains("not saved by a run", error);
    }

    public void Dispose() => _repository.Dispose();
}
