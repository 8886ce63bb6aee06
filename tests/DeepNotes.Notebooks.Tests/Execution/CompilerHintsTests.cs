using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;

namespace DeepNotes.Notebooks.Tests.Execution;

public class CompilerHintsTests
{
    [Theory]
    [InlineData("using var ms = new MemoryStream();\nms.Length", "CS0825", "using (var x = …)")]
    [InlineData("using MemoryStream ms = new();", "CS0246", "using (var x = …)")]
    [InlineData("await using var ms = new MemoryStream();", "CS1519", "using (var x = …)")]
    [InlineData("public static class Ex { public static string Loud(this string s) => s + \"!\"; }", "CS1109", "without the class")]
    [InlineData("static class Ex { extension(string s) { public string Loud() => s; } }", "CS9283", "write the method by itself")]
    [InlineData("extension(string s) { public string Loud() => s; }", "CS9283", "write the method by itself")]
    [InlineData("Span<int> s = stackalloc int[4];", "CS8345", "within { … }")]
    [InlineData("var s = \"abc\".AsSpan();", "CS8345", "within { … }")]
    [InlineData("\"abc\".AsSpan()", "CS0029", ".ToArray()")]
    [InlineData("using System.Text.RegularExpressions;\npartial class R { [GeneratedRegex(\"a+\")] public static partial Regex A(); }", "CS8795", "new Regex(")]
    [InlineData("using System.Runtime.InteropServices;\npartial class R { [LibraryImport(\"x\")] public static partial int A(); }", "CS8795", "DllImport")]
    [InlineData("JsonSerializer.Serialize(1)", "CS0103", "add using System.Text.Json;")]
    [InlineData("new HttpClient()", "CS0246", "add using System.Net.Http;")]
    [InlineData("new Regex(\"a\")", "CS0246", "add using System.Text.RegularExpressions;")]
    [InlineData("Stopwatch.StartNew()", "CS0103", "add using System.Diagnostics;")]
    [InlineData("CultureInfo c;", "CS0246", "add using System.Globalization;")]
    [InlineData("new ConcurrentDictionary<int, int>()", "CS0246", "add using System.Collections.Concurrent;")]
    [InlineData("new DataTable()", "CS0246", "add using System.Data;")]
    [InlineData("JObject.Parse(\"{}\")", "CS0103", "add #r \"nuget: Newtonsoft.Json\" and using Newtonsoft.Json.Linq;")]
    [InlineData("using Newtonsoft.Json;", "CS0246", "add #r \"nuget: Newtonsoft.Json\"")]
    [InlineData("using Microsoft.ML.Data;", "CS0234", "add #r \"nuget: Microsoft.ML\"")]
    [InlineData("using MathNet.Numerics.LinearAlgebra;", "CS0246", "add #r \"nuget: MathNet.Numerics\"")]
    [InlineData("Tensor.Zeros(1)", "CS0103", "DeepNotes.Lib.dll")]
    [InlineData("using Microsoft.DotNet.Interactive.Commands;", "CS0234", "a part of .NET Interactive")]
    [InlineData("new SubmitCode(\"1\")", "CS0246", "a part of .NET Interactive")]
    [InlineData("div(\"x\")", "CS0103", "PocketViewTags")]
    [InlineData("#r @\"x.dll\"", "CS7010", "without @")]
    [InlineData("#load @\"x.csx\"", "CS7010", "without @")]
    [InlineData("#r nuget: Foo", "CS7010", "#r \"nuget: Name, version\"")]
    [InlineData("int x = 1;\n#load \"x.csx\"", "CS8098", "top of a cell")]
    [InlineData("int x = 1;\n#r nuget: Foo", "CS7009", "#r \"nuget: Name, version\"")]
    [InlineData("var x = 3\nx + 1", "CS1002", "last expression")]
    [InlineData("Console.WriteLine(1)\nConsole.WriteLine(2)", "CS1002", "last expression")]
    [InlineData("Action a = () => { await Task.Delay(1); };", "CS4034", "async () =>")]
    [InlineData("void F() { await Task.Delay(1); }", "CS4033", "async Task")]
    [InlineData("namespace A { class B { } }", "CS7021", "leave the namespace out")]
    [InlineData("namespace A;\nclass B { }", "CS7021", "leave the namespace out")]
    [InlineData("var x = 1; var x = 2;", "CS0102", "declares a name once")]
    [InlineData("record struct P(int X); record struct P(int X);", "CS0102", "declares a name once")]
    [InlineData("int x = 1;\nusing System.Net;", "CS1529", "top of a cell")]
    [InlineData("file class A { }", "CS9054", "leave out file")]
    [InlineData("foreach (var x in new[] { 1 }) yield return x;", "CS7020", "IEnumerable")]
    [InlineData("fixed (char* p = \"a\") { }", "CS0214", "unsafe { … }")]
    [InlineData("let x = 1", "CS0246", "var x = 1;")]
    [InlineData("print(\"a\")", "CS0103", "Console.WriteLine")]
    [InlineData("total = 5", "CS0103", "var total = …;")]
    [InlineData("Task<string> Get() => Task.FromResult(\"a\");\nGet().Length", "CS1061", "(await …).Length")]
    [InlineData("#pip install x", "CS1024", "#!lsmagic")]
    [InlineData("# Set up the data\nimport os", "CS1024", "begins with //")]
    [InlineData("  ## A heading", "CS1024", "begins with //")]
    [InlineData("!pip install numpy", "CS0103", "System.Diagnostics.Process.Start")]
    [InlineData("var a = 1;\n!ls", "CS0103", "System.Diagnostics.Process.Start")]
    [InlineData("if (!done) { }", "CS0103", null)]
    [InlineData("using Nowhere;", "CS0246", null)]
    [InlineData("missing", "CS0103", null)]
    [InlineData("\"a\".Lenght", "CS1061", null)]
    [InlineData("int x = \"a\";", "CS0029", null)]
    [InlineData("void F() { Console.Write(1) }", "CS1002", null)]
    public void A_common_error_has_a_hint(string code, string id, string? hint)
    {
        var error = Failure(code);

        Assert.Contains($": {id}: ", error.Message, StringComparison.Ordinal);
        Assert.Equal(hint is not null, error.Message.Contains(" Hint: ", StringComparison.Ordinal));
        Assert.Contains(hint ?? "", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task A_hint_explains_a_redeclared_type()
    {
        var compiler = new SubmissionCompiler(Environment.CurrentDirectory);
        foreach (var cell in (string[])["record P(int X); P p = new(1);", "record P(int X);"])
        {
            var submission = compiler.Compile(cell, "cell", CancellationToken.None);
            await submission.Run();
            compiler.Keep(submission, wasStopped: false);
        }

        var error = Assert.Throws<CellRejectedException>(() => compiler.Compile("P q = p;", "cell 3", CancellationToken.None)).Error;

        Assert.Contains("P was declared again since this value was made", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("class Program { static void Main(string[] args) { } }", "cell 1: Program.Main is declared but not called: the statements of a cell run without it.\n")]
    [InlineData("static void Main() { }", "cell 1: Main is declared but not called: the statements of a cell run without it.\n")]
    [InlineData("class Program { public static void Main() { } }\nProgram.Main();", null)]
    [InlineData("class Program { void Main() { } }", null)]
    [InlineData("int x = 1;", null)]
    public void A_Main_method_that_is_not_called_is_noted(string code, string? note) =>
        Assert.Equal(note, new SubmissionCompiler(Environment.CurrentDirectory).Compile(code, "cell 1", CancellationToken.None).Note);

    [Theory]
    [InlineData("Nope.dll", "relative paths start at the notebook's folder.")]
    [InlineData("Newtonsoft.Json", "relative paths start at the notebook's folder. A package: #r \"nuget: Newtonsoft.Json\".")]
    [InlineData("lib/Nope.dll", "relative paths start at the notebook's folder.")]
    [InlineData("../x/DeepNotes.Lib.dll", "run \"./deepnotes build\" (Windows: \"deepnotes build\") in the repository, then restart.")]
    [InlineData("..", "it is a folder; expected an assembly (.dll).")]
    public void A_missing_path_gives_advice(string path, string advice) =>
        Assert.EndsWith($" not found: {advice}", Failure($"#r \"{path}\"").Message, StringComparison.Ordinal);

    private static ErrorOutput Failure(string code) =>
        Assert.Throws<CellRejectedException>(() => new SubmissionCompiler(Environment.CurrentDirectory).Compile(code, "cell 1", CancellationToken.None)).Error;
}
