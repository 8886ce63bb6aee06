using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;

namespace DeepNotes.Notebooks.Tests.Execution;

public class SessionErrorTests(SessionFixture fixture) : IClassFixture<SessionFixture>
{
    public static TheoryData<string, string, string[]> Failures => new()
    {
        {
            "var one = 1;\nvar two = one + missing;",
            "cell 7, line 2: CS0103: The name 'missing' does not exist in the current context",
            [
                "cell 7, line 2, column 17: error CS0103: The name 'missing' does not exist in the current context",
                "    var two = one + missing;",
                "                    ^^^^^^^",
            ]
        },
        { "while (true) { var s = (; }", "cell 7, line 1: CS1525: Invalid expression term ';'", [] },
        {
            "int Divide(int a, int b)\n{\n    return a / b;\n}\n\nDivide(\n    1,\n    0)",
            "cell 7, line 3: DivideByZeroException: Attempted to divide by zero.",
            ["DivideByZeroException: Attempted to divide by zero.", "   at Divide, cell 7, line 3", "   at cell 7, line 6"]
        },
        {
            "throw new InvalidOperationException(\"first\\nsecond\", new ArgumentException(\"inner\"));",
            "cell 7, line 1: InvalidOperationException: first second. Caused by ArgumentException: inner",
            ["InvalidOperationException: first\nsecond", "   at cell 7, line 1", "caused by ArgumentException: inner"]
        },
        {
            "int Sum(int n)\n{\n    if (n == 0) throw new Exception(\"bottom\");\n    return n + Sum(n - 1);\n}\nSum(5)",
            "cell 7, line 3: Exception: bottom",
            ["Exception: bottom", "   at Sum, cell 7, line 3", "   at Sum, cell 7, line 4 (5 times)", "   at cell 7, line 6"]
        },
        {
            "var numbers = Enumerable.Range(0, 3).Select(i =>\n    10 / (i - 1));\n\nnumbers.ToArray()",
            "cell 7, line 2: DivideByZeroException: Attempted to divide by zero.",
            ["DivideByZeroException: Attempted to divide by zero.", "   at lambda, cell 7, line 2", "   at cell 7, line 4"]
        },
        {
            "async Task Fail()\n{\n    await Task.Delay(1);\n    throw new Exception(\"late\");\n}\nawait Fail();",
            "cell 7, line 4: Exception: late",
            ["Exception: late", "   at Fail, cell 7, line 4", "   at cell 7, line 6"]
        },
        { "Task.Run(() => throw new Exception(\"in a task\")).Wait();", "cell 7, line 1: Exception: in a task", [] },
        { "using Nowhere;", "cell 7, line 1: CS0246: The type or namespace name 'Nowhere' could not be found (are you missing a using directive or an assembly reference?)", [] },
        { "#load \"absent.csx\"", "cell 7, line 1: CS1504: Source file 'absent.csx' could not be opened -- Could not find file.", [] },
        { "#r \"nuget: \"", "cell 7, line 1: #r \"nuget: \": expected \"nuget: Name, Version\" with the name of one package (letters, digits, '.', '-', '_'), got \"\".", [] },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_failing_cell_reports_error_and_location(string code, string message, string[] trace)
    {
        var (result, outputs) = await fixture.RunAsync(code);

        Assert.Equal(CellStatus.Failed, result.Status);
        Assert.Equal(message, result.Error!.Message);
        Assert.Equal(result.Error, Assert.Single(outputs));
        if (trace.Length > 0)
        {
            Assert.Equal(trace, result.Error.Trace);
        }
    }

    [Fact]
    public async Task Errors_in_a_loaded_file_have_its_line_numbers()
    {
        await File.WriteAllTextAsync(Path.Combine(fixture.Folder, "steps.csx"), "// first line\nvoid Step()\n{\n    throw new Exception(\"in a file\");\n}\n");

        var (result, _) = await fixture.RunAsync("#load \"steps.csx\" // the steps\nStep();");

        Assert.Equal(["Exception: in a file", "   at Step, steps.csx, line 4", "   at cell 7, line 2"], result.Error!.Trace);
    }
}
