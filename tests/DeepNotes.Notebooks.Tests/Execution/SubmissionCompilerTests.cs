using DeepNotes.Notebooks.Execution;

namespace DeepNotes.Notebooks.Tests.Execution;

public sealed class SubmissionCompilerTests
{
    [Fact]
    public async Task References_and_usings_are_not_repeated_in_each_submission()
    {
        var compiler = new SubmissionCompiler(Environment.CurrentDirectory);
        var first = Compile(compiler, "var list = new List<int> { 4 };", "cell 1");
        await RunAndKeep(compiler, first);

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
    public async Task Contextual_keywords_of_types_can_be_names_of_variables(string code) =>
        Assert.Equal(2, await Compile(new SubmissionCompiler(Environment.CurrentDirectory), code, "cell 1").Run());

    [Fact]
    public async Task A_cell_is_compiled_while_the_previous_one_runs()
    {
        var compiler = new SubmissionCompiler(Environment.CurrentDirectory);
        var first = Compile(compiler, "using System.Globalization; var a = 20; int Twice(int x) => 2 * x;", "cell 1");
        compiler.CompileAhead(new CellRequest("var b = Twice(a) + CultureInfo.InvariantCulture.LCID - 125; b", "cell 2"), after: first);
        await RunAndKeep(compiler, first);

        var second = Compile(compiler, "var b = Twice(a) + CultureInfo.InvariantCulture.LCID - 125; b", "cell 2");
        compiler.CompileAhead(new CellRequest("b + a", "cell 3"), after: second);
        Assert.Equal(42, await RunAndKeep(compiler, second));
        Assert.Equal(62, await Compile(compiler, "b + a", "cell 3").Run());
        Assert.Equal(3, CompiledIn(compiler));
    }

    public static TheoryData<string, string, object> OtherCells => new()
    {
        { "a + 1", "cell 3", 2 },
        { "a + 2", "cell 2", 3 },
        { "a + b", "cell 2", "CS0103" },
        { "a +", "cell 2", "CS1733" },
        { "#r \"System.Net.Http\"\na + 3", "cell 2", 4 },
        { "#!time\na + 4", "cell 2", 5 },
    };

    [Theory]
    [MemberData(nameof(OtherCells))]
    public async Task Compilation_ahead_does_not_affect_other_cells_or_cells_with_errors(string code, string name, object expected)
    {
        var compiler = new SubmissionCompiler(Environment.CurrentDirectory);
        var first = Compile(compiler, "var a = 1;", "cell 1");
        compiler.CompileAhead(new CellRequest(name == "cell 3" || code == "a + 2" ? "var other = a;" : code, "cell 2"), after: first);
        await RunAndKeep(compiler, first);
        var csharp = CellParts.Of(code).CSharp;
        if (expected is string error)
        {
            Assert.Contains(error, Assert.Throws<CellRejectedException>(() => Compile(compiler, csharp, name)).Error.Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(expected, await Compile(compiler, csharp, name).Run());
        }
    }

    [Fact]
    public async Task A_cell_compiled_after_a_discarded_one_is_not_used()
    {
        var compiler = new SubmissionCompiler(Environment.CurrentDirectory);
        var first = Compile(compiler, "var a = 1;", "cell 1");
        compiler.CompileAhead(new CellRequest("a", "cell 2"), after: first);
        await first.Run();

        Assert.Contains("CS0103", Assert.Throws<CellRejectedException>(() => Compile(compiler, "a", "cell 2")).Error.Message, StringComparison.Ordinal);
    }

    private static Submission Compile(SubmissionCompiler compiler, string code, string name) => compiler.Compile(code, name, CancellationToken.None);

    private static async Task<object?> RunAndKeep(SubmissionCompiler compiler, Submission submission)
    {
        var value = await submission.Run();
        compiler.Keep(submission, wasStopped: false);
        return value;
    }

    // Assemblies are numbered consecutively.
    private static int CompiledIn(SubmissionCompiler compiler)
    {
        var next = Compile(compiler, "0", "end").Compilation.AssemblyName!;
        return int.Parse(next[(next.IndexOf('#') + 1)..], System.Globalization.CultureInfo.InvariantCulture) - 1;
    }
}
