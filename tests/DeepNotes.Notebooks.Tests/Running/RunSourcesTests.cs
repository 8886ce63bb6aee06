using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Running;
using static DeepNotes.Notebooks.Tests.Running.TestNotebook;

namespace DeepNotes.Notebooks.Tests.Running;

public sealed class RunSourcesTests
{
    [Theory]
    [InlineData("var a = 1;", "Prose, <!--=a-->2<!--/-->.", true)]
    [InlineData("var a = 1;", "Other prose, <!--=a-->1<!--/-->.", true)]
    [InlineData("var a = 2;", "Prose, <!--=a-->1<!--/-->.", false)]
    [InlineData("var a = 1;", "Prose, <!--=a + 1-->1<!--/-->.", false)]
    public void Outputs_belong_to_their_code_and_to_quoted_values(string code, string prose, bool belong)
    {
        var run = Of(Code("var a = 1;"), Markdown("Prose, <!--=a-->1<!--/-->."));
        Fingerprints.Generated().StampOn(run);
        RunSources.StampOn(run);
        var later = NotebookDocument.Parse(run.ToText(), run.Path);
        later.Cells[0].Source = code;
        later.Cells[1].Source = prose;

        Assert.Equal(belong, RunSources.AreThoseOfTheRun(later));
    }

    [Fact]
    public void A_notebook_without_a_run_has_no_sources() => Assert.False(RunSources.AreThoseOfTheRun(Of(Code("var a = 1;"))));
}
