using DeepNotes.Notebooks.Execution;

namespace DeepNotes.Notebooks.Tests.Execution;

public sealed class SubmissionCompilerTests
{
    [Fact]
    public async Task References_and_usings_are_given_once_or_they_would_add_up()
    {
        var compiler = new SubmissionCompiler(Environment.CurrentDirectory);
        var first = compiler.Compile("var list = new List<int> { 4 };", "cell 1", CancellationToken.None);
        await first.Run();
        compiler.Keep(first, wasStopped: false);

        var second = compiler.Compile("Math.Sqrt(list.Single())", "cell 2", CancellationToken.None);

        Assert.Equal(2.0, await second.Run());
        Assert.NotEmpty(first.Compilation.ExternalReferences);
        Assert.Empty(second.Compilation.ExternalReferences);
        Assert.Empty(second.Compilation.Options.Usings);
    }

    [Theory]
    [InlineData("var union = new List<int>();\nunion.Add(2);\nunion[0]")]
    [InlineData("var record = new[] { 1 };\nrecord[0]++;\nrecord = record;\nrecord.Single()")]
    [InlineData("var extension = 1;\nextension += 1;\nextension")]
    [InlineData("record P(int union);\nvar record = new P(2);\nrecord?.union")]
    [InlineData("var text = \"\"\"\nunion.\n\"\"\"; // record.\ntext.Length - 4")]
    public async Task Words_that_begin_a_type_are_names_of_variables_too(string code) =>
        Assert.Equal(2, await new SubmissionCompiler(Environment.CurrentDirectory).Compile(code, "cell 1", CancellationToken.None).Run());
}
