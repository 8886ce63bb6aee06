using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Running;
using static DeepNotes.Notebooks.Tests.Running.TestNotebook;

namespace DeepNotes.Notebooks.Tests.Running;

public sealed class QuotedFiguresTests
{
    [Theory]
    [InlineData("loss <!--=x-->old<!--/-->.", "loss <!--=x-->0.125<!--/-->.")]
    [InlineData("<!--=x:0.00-->1<!--/--> and <!--=x:0.0%--><!--/-->", "<!--=x:0.00-->0.13<!--/--> and <!--=x:0.0%-->12.5%<!--/-->")]
    [InlineData("<!--=a ? b : c-->?<!--/-->", "<!--=a ? b : c-->ternary<!--/-->")]
    [InlineData("a comment <!-- x --> stays", "a comment <!-- x --> stays")]
    public async Task Quoted_values_are_updated_from_the_final_state(string source, string expected)
    {
        var run = await RunAsync(source);

        Assert.Empty(run.Failures);
        Assert.Equal(expected, run.Document.Cells[1].Source);
    }

    [Theory]
    [InlineData("one\ntwo <!--=y-->3<!--/-->", "cell 2, line 2: quotes \"y\", which is not defined by any cell, or fails.")]
    [InlineData("<!--=x-->3", "cell 2, line 1: a quoted figure (<!--=…-->) is not closed by <!--/-->.")]
    [InlineData("<!--=x-->1<!--/-->\n<!--=x-->2\n", "cell 2, line 2: a quoted figure (<!--=…-->) is not closed by <!--/-->.")]
    public async Task A_quoted_value_that_cannot_be_evaluated_is_a_failure(string source, string expected)
    {
        var run = await RunAsync(source);
        Assert.Equal(expected, Assert.Single(run.Failures).ToString());
    }

    [Fact]
    public void Without_values_the_text_is_unchanged() =>
        Assert.Equal("a <!--=x:0.0--><!--/--> b", QuotedFigures.WithoutValues("a <!--=x:0.0-->1.5<!--/--> b"));

    private static Task<NotebookRun> RunAsync(string source) =>
        new NotebookRunner((_, _, _) => Task.FromResult<ISession>(new ScriptedSession()))
            .RunAsync(Of(Code("set x 0.125\nset a?b:c ternary"), Markdown(source)), Fingerprints.Options());
}
