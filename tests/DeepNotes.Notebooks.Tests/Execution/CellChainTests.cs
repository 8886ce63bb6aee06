using DeepNotes.Notebooks.Execution;
using Microsoft.CodeAnalysis;

namespace DeepNotes.Notebooks.Tests.Execution;

public class CellChainTests
{
    [Fact]
    public async Task Cells_are_compiled_once_for_all_later_requests()
    {
        var cells = new CellChain(".");
        cells.Add("var first = 1;", [.. FrameworkReferences.All]);
        cells.Add("var second = first;", []);

        var asked = await CellsBeforeAsync(cells, "sec");
        var again = await CellsBeforeAsync(cells, "second.");

        Assert.NotNull(asked);
        Assert.Same(asked, again);
    }

    private static async Task<Compilation?> CellsBeforeAsync(CellChain cells, string code)
    {
        var document = await cells.OpenAsync(code);
        return (await document.Project.GetCompilationAsync())!.ScriptCompilationInfo!.PreviousScriptCompilation;
    }
}
