using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Running;
using static DeepNotes.Notebooks.Tests.Running.TestNotebook;

namespace DeepNotes.Notebooks.Tests.Running;

public sealed class NotebookComparisonTests
{
    public static TheoryData<string, string, bool, string[]> ExactRows => new()
    {
        { "result 1", "result 1", false, [] },
        { "result 1", "result 2", false, ["2 execute_result text/plain: \"1\" / \"2\""] },
        { "print a\nprint b", "print a\nprint c", false, ["2 stream stdout: \"b\\n\" / \"c\\n\""] },
        { "print a", "result a", false, ["2 outputs: stream stdout / execute_result text/plain"] },
        { "print a", "", false, ["2 outputs: stream stdout / nothing"] },
        { "set x 1", "set x 2", false, ["1 quoted figure x: 1 / 2"] },
        { "print a", "print b", true, [] },
        { "print a", "result a", true, ["2 outputs: stream stdout / execute_result text/plain"] },
    };

    [Theory]
    [MemberData(nameof(ExactRows))]
    public async Task With_the_same_fingerprint_bytes_are_compared(string before, string after, bool timing, string[] expected)
    {
        var comparison = await CompareAsync(before, after, timing, Fingerprints.Options());

        Assert.Empty(comparison.FingerprintChanges);
        Assert.Equal(expected, comparison.Differences.Select(Show));
    }

    [Theory]
    [InlineData("print a", "print b", 0)]
    [InlineData("set x 1", "set x 2", 0)]
    [InlineData("print a", "print b\nresult c", 1)]
    public async Task With_another_fingerprint_only_the_structure_is_compared(string before, string after, int differences)
    {
        var options = Fingerprints.Options() with { Fingerprint = Fingerprints.Generated() with { Threads = 8 } };
        var comparison = await CompareAsync(before, after, timing: false, options);

        Assert.Equal(["threads 2 → 8"], comparison.FingerprintChanges);
        Assert.Equal(differences, comparison.Differences.Count);
    }

    [Fact]
    public async Task A_long_line_is_truncated_around_its_first_difference()
    {
        var same = new string('x', 500);
        var comparison = await CompareAsync($"print {same}old", $"print {same}new", timing: false, Fingerprints.Options());

        var difference = Assert.Single(comparison.Differences);
        Assert.Equal(($"…{new string('x', 40)}old\\n\"", $"…{new string('x', 40)}new\\n\""), (difference.Old, difference.New));
    }

    [Fact]
    public async Task A_notebook_without_a_run_counts_as_a_difference()
    {
        var run = await RunAsync(Notebook("print a", false), Fingerprints.Options());
        Assert.Equal("not saved by a run", Assert.Single(NotebookComparison.Of(run).Differences).Old);
    }

    private static async Task<NotebookComparison> CompareAsync(string before, string after, bool timing, RunOptions options)
    {
        var saved = (await RunAsync(Notebook(before, timing), Fingerprints.Options())).Document;
        saved.Cells[1].Source = after;
        return NotebookComparison.Of(await RunAsync(NotebookDocument.Parse(saved.ToText(), saved.Path), options));
    }

    private static NotebookDocument Notebook(string code, bool timing)
    {
        JsonObject figure = Markdown("<!--=x-->0<!--/-->");
        return Of(figure, Code(code, timing: timing), Code(code.Contains("set x") ? "" : "set x 1"));
    }

    private static Task<NotebookRun> RunAsync(NotebookDocument notebook, RunOptions options) =>
        new NotebookRunner((_, _, _) => Task.FromResult<ISession>(new ScriptedSession())).RunAsync(notebook, options);

    private static string Show(NotebookDifference difference) =>
        $"{difference.CellNumber} {difference.Kind}: {difference.Old} / {difference.New}";
}
