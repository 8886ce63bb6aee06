using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Running;
using static DeepNotes.Notebooks.Tests.Running.TestNotebook;

namespace DeepNotes.Notebooks.Tests.Running;

public sealed class ForeignCellTests
{
    [Theory]
    [InlineData("""{"polyglot_notebook":{"kernelName":"javascript"}}""", "is JavaScript: only C# runs here; show a script with Javascript(\"…\").")]
    [InlineData("""{"dotnet_interactive":{"language":"fsharp"}}""", "is F#: only C# runs here; *")]
    [InlineData("""{"vscode":{"languageId":"dotnet-interactive.pwsh"}}""", "is PowerShell: only C# runs here; *")]
    [InlineData("""{"vscode":{"languageId":"python"}}""", "is Python: only C# runs here; *")]
    [InlineData("""{"polyglot_notebook":{"kernelName":"sql-adventureworks"},"dotnet_interactive":{"language":"csharp"}}""", "is SQL: only C# runs here; *")]
    [InlineData("""{"vscode":{"languageId":"polyglot-notebook"},"dotnet_interactive":{"language":"csharp"}}""", null)]
    [InlineData("""{"vscode":{"languageId":"csharp"}}""", null)]
    [InlineData("""{"polyglot_notebook":{"kernelName":"html"}}""", null)]
    [InlineData("""{"polyglot_notebook":{"kernelName":["javascript"]},"vscode":3}""", null)]
    [InlineData("""{"polyglot_notebook":"javascript"}""", null)]
    public async Task The_language_is_read_from_the_metadata(string metadata, string? message)
    {
        var first = Code("print a");
        first["metadata"] = JsonNode.Parse(metadata);
        var (run, executed) = await RunAsync(Of(Markdown("text"), Code("print b"), first));

        Assert.Equal(message is null ? ["cell 2", "cell 3"] : [], executed);
        Assert.Equal(message is null ? 0 : 1, run.Failures.Count);
        Assert.StartsWith($"cell 3 {message}".TrimEnd('*'), message is null ? "cell 3 " : run.Failures[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_unsupported_cells_are_reported_before_execution()
    {
        var (run, executed) = await RunAsync(Of(
            Code("print a"), Code("#!connect x"), Code("print b"), Code("print c\n#!fsharp\nlet x = 1"), Code("#!sql", "skip-execution"), Code("throw x\n#!share", "raises-exception")));

        Assert.Empty(executed);
        Assert.Equal([(2, 1), (4, 2)], run.Failures.Select(failure => (failure.CellNumber, failure.Line ?? 0)));
    }

    private static async Task<(NotebookRun Run, IReadOnlyList<string> Executed)> RunAsync(NotebookDocument notebook)
    {
        var session = new ScriptedSession();
        var run = await new NotebookRunner((_, _, _) => Task.FromResult<ISession>(session)).RunAsync(notebook, Fingerprints.Options());
        return (run, session.Executed);
    }
}
