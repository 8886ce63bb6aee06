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
}
