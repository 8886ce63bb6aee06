using System.Globalization;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepNotes.Notebooks.Tests.Execution;

public class SessionReferenceTests(SessionFixture fixture) : IClassFixture<SessionFixture>
{
    [Fact]
    public async Task An_assembly_in_the_notebooks_folder_is_loaded_with_its_references()
    {
        var inner = Build("Inner", "namespace Inside; public class Answer { public int Value => 42; }", "lib");
        Build("Outer", "public static class Outside { public static Inside.Answer Ask() => new(); }", "lib", inner);

        var (_, outputs) = await fixture.RunAsync("#r \"lib/Outer.dll\" // not found? build\nusing Inside;\nAnswer answer = Outside.Ask();\nanswer.Value");

        Assert.Equal("result: 42", SessionFixture.Describe(outputs));
    }

    [Fact]
    public async Task A_loaded_assembly_is_not_locked_and_a_rebuilt_one_needs_a_restart()
    {
        Build("Rebuilt", "public static class Version { public static int Number => 1; }", "out");
        await fixture.RunAsync("#r \"out/Rebuilt.dll\"");
        Assert.Equal("result: 1", SessionFixture.Describe((await fixture.RunAsync("#r \"out/Rebuilt.dll\"\nVersion.Number")).Outputs));

        var path = Build("Rebuilt", "public static class Version { public static int Number => 2; }", "out");
        var (result, _) = await fixture.RunAsync("#r \"out/Rebuilt.dll\"\nVersion.Number");

        Assert.Equal($"cell 7, line 1: {path} was rebuilt after this session loaded it: restart the session to use the new one.", result.Error!.Message);

        await using var restarted = await fixture.StartAsync();
        Assert.Equal("result: 2", SessionFixture.Describe((await SessionFixture.RunAsync(restarted, "#r \"out/Rebuilt.dll\"\nVersion.Number")).Outputs));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not C#")]
    public async Task An_assembly_referenced_by_a_later_cell_is_available_to_all_following_cells(string besides)
    {
        Build("Later", "public static class Afterwards { public static int Number => 1; }", "later");
        await using var session = await fixture.StartAsync();
        await SessionFixture.RunAsync(session, "var before = 1;");
        await SessionFixture.RunAsync(session, $"#r \"later/Later.dll\"\n{besides}");
        await SessionFixture.RunAsync(session, "var between = before;");

        var (_, outputs) = await SessionFixture.RunAsync(session, "before + between + Afterwards.Number");
        var completions = await session.CompleteAsync("Afterwards.N", 12);

        Assert.Equal("result: 3", SessionFixture.Describe(outputs));
        Assert.Equal("Number", Assert.Single(completions.Items).Text);
    }

    [Theory]
    [InlineData("using System.Linq;\n#r \"below/{0}.dll\"\n{0}.Number")]
    [InlineData("int Twice(int x) => 2 * x;\n\n  #r \"below/{0}.dll\" // built before\nTwice({0}.Number) - {0}.Number")]
    [InlineData("var text = \"\"\"\n#r \"nowhere.dll\"\n\"\"\";\n#if NEVER\n#r \"nowhere.dll\"\n#endif\n#r \"below/{0}.dll\"\n{0}.Number")]
    public async Task A_reference_may_stand_below_code(string code)
    {
        var name = $"Below{Guid.NewGuid():N}";
        Build(name, $"public static class {name} {{ public static int Number => 7; }}", "below");

        Assert.Equal("result: 7", SessionFixture.Describe((await fixture.RunAsync(string.Format(CultureInfo.InvariantCulture, code, name))).Outputs));
    }

    [Fact]
    public async Task Lines_below_a_reference_keep_their_numbers()
    {
        Build("Lines", "public static class Lines { }", "below");

        var (result, _) = await fixture.RunAsync("int x = 1;\n#r \"below/Lines.dll\"\nint y = Lines.Gone;");

        Assert.StartsWith("cell 7, line 3: CS0117", result.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_assembly_gives_advice()
    {
        var (result, _) = await fixture.RunAsync("using System.Text;\n#r \"../gone/Lib.dll\" // built by ./deepnotes");
        var belowCode = result.Error!.Message;
        (result, _) = await fixture.RunAsync("// set-up\n#r \"../gone/Lib.dll\" // built by ./deepnotes");

        var path = Path.GetFullPath(Path.Combine(fixture.Folder, "..", "gone", "Lib.dll"));
        Assert.Equal($"cell 7, line 2: {path} not found: relative paths start at the notebook's folder.", result.Error!.Message);
        Assert.Equal(result.Error.Message, belowCode);
        Assert.Equal("    #r \"../gone/Lib.dll\" // built by ./deepnotes", result.Error.Trace[1]);
    }

    [Fact]
    public async Task A_file_that_is_not_an_assembly_is_rejected()
    {
        await File.WriteAllTextAsync(Path.Combine(fixture.Folder, "text.dll"), "not an assembly");

        var (result, _) = await fixture.RunAsync("#r \"text.dll\"");

        Assert.Equal("cell 7, line 1: text.dll: expected a .NET assembly.", result.Error!.Message);
    }

    [Fact]
    public async Task A_package_is_restored_and_keeps_its_version()
    {
        await using var session = await fixture.StartAsync();
        var (_, outputs) = await SessionFixture.RunAsync(
            session, "#r \"nuget: MathNet.Numerics, 5.0.0\" // matrices\nusing MathNet.Numerics.LinearAlgebra;\nMatrix<double>.Build.DenseIdentity(2).Trace()");
        var (again, _) = await SessionFixture.RunAsync(session, "#r \"nuget:MathNet.Numerics,5.0.0\"\n#r \"nuget: mathnet.numerics, [5.0,6)\"");
        var (other, _) = await SessionFixture.RunAsync(session, "#r \"nuget: MathNet.Numerics, 4.15.0\"");
        var (two, _) = await SessionFixture.RunAsync(session, "#r \"nuget: Newtonsoft.Json, 13.0.1\"\n#r \"nuget: Newtonsoft.Json, 13.0.3\"");
        var (several, _) = await SessionFixture.RunAsync(session, "#r \"nuget: A;B, 1.0\"");

        Assert.Equal("result: 2", SessionFixture.Describe(outputs));
        Assert.Equal(CellStatus.Done, again.Status);
        Assert.Equal(
            "cell 7, line 1: package MathNet.Numerics 5.0.0 is in use, 4.15.0 is requested: restart the session to change the version.", other.Error!.Message);
        Assert.Contains("package Newtonsoft.Json: 13.0.1 and 13.0.3 are requested in one cell", two.Error!.Message, StringComparison.Ordinal);
        Assert.Contains("the name of one package", several.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_resolved_from_a_range_is_shown_and_used()
    {
        await using var session = await fixture.StartAsync();
        var (_, outputs) = await SessionFixture.RunAsync(
            session, "#r \"nuget: Newtonsoft.Json, [13.0.1,14.0)\"\nNewtonsoft.Json.JsonConvert.SerializeObject(new[] { 1 })");
        var (same, _) = await SessionFixture.RunAsync(session, "#r \"nuget: Newtonsoft.Json, 13.0.1\"\n#r \"nuget: Newtonsoft.Json\"");
        var (other, _) = await SessionFixture.RunAsync(session, "#r \"nuget: Newtonsoft.Json, 13.0.3\"");
        var (needed, needs) = await SessionFixture.RunAsync(session, "#r \"nuget: Newtonsoft.Json.Bson, 1.0.2\"");

        Assert.Equal("stdout: Newtonsoft.Json 13.0.1 (asked for: [13.0.1,14.0)) | result: [1]", SessionFixture.Describe(outputs));
        Assert.Equal(CellStatus.Done, same.Status);
        Assert.EndsWith("package Newtonsoft.Json 13.0.1 is in use, 13.0.3 is requested: restart the session to change the version.", other.Error!.Message, StringComparison.Ordinal);
        Assert.Equal((CellStatus.Done, ""), (needed.Status, SessionFixture.Describe(needs)));
    }

    [Fact]
    public async Task A_replaced_version_is_reported()
    {
        await using var session = await fixture.StartAsync();

        var (_, outputs) = await SessionFixture.RunAsync(session, "#r \"nuget: Newtonsoft.Json, 12.0.99\"\ntypeof(Newtonsoft.Json.JsonConvert).Assembly.GetName().Version.Major");
        var (_, later) = await SessionFixture.RunAsync(session, "#r \"nuget: MathNet.Numerics, 5.0.0\"\n1");

        Assert.Equal(
            "stderr: NU1603: notebook depends on Newtonsoft.Json (>= 12.0.99) but Newtonsoft.Json 12.0.99 was not found. Newtonsoft.Json 13.0.1 was resolved instead. | result: 13",
            SessionFixture.Describe(outputs));
        Assert.Equal("result: 1", SessionFixture.Describe(later));
    }

    [Fact]
    public async Task A_cell_is_compiled_against_reference_assemblies_and_runs_with_the_implementation()
    {
        var folder = Directory.CreateDirectory(Path.Combine(fixture.Folder, "offering")).FullName;
        var offered = Build("Offering", "public static class Offered { public static int Number => 1; }", "offering/ref");
        var whole = Build("Offering", "public static class Offered { public static int Number => 2; } public static class Kept { }", "offering/lib");
        new LocalFeed(folder).Add("Offering", "1.0.0", ("ref/net10.0/Offering.dll", offered), ("lib/net10.0/Offering.dll", whole));
        await using var session = await fixture.StartAsync(("XDG_CACHE_HOME", folder));

        var (_, outputs) = await SessionFixture.RunAsync(session, "#r \"nuget: Offering, 1.0.0\"\nOffered.Number");
        var (kept, _) = await SessionFixture.RunAsync(session, "typeof(Kept)");

        Assert.Equal("result: 2", SessionFixture.Describe(outputs));
        Assert.Contains("CS0246", kept.Error!.Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task Unusable_cache_folders_are_a_cell_error_or_a_single_warning()
    {
        Build("Here", "public static class Here { public static int Number => 1; }", "here");
        Directory.CreateDirectory(Path.Combine(fixture.Folder, "elsewhere"));
        Directory.CreateSymbolicLink(Path.Combine(fixture.Folder, "deepnotes"), Path.Combine(fixture.Folder, "elsewhere"));
        const string Cell = "#r \"here/Here.dll\"\nHere.Number";

        await using var planted = await fixture.StartAsync(("XDG_CACHE_HOME", fixture.Folder));
        var (refused, _) = await SessionFixture.RunAsync(planted, Cell);
        var (_, goesOn) = await SessionFixture.RunAsync(planted, "1 + 1");
        await using var homeless = await fixture.StartAsync(("XDG_CACHE_HOME", "relative"), ("HOME", "/proc/nowhere"), ("TMPDIR", "/proc/nowhere"));
        var (_, outputs) = await SessionFixture.RunAsync(homeless, Cell);

        Assert.StartsWith($"cell 7, line 1: {fixture.Folder}/deepnotes: expected a folder that only you can write to, got a link", refused.Error!.Message, StringComparison.Ordinal);
        Assert.Equal("result: 2", SessionFixture.Describe(goesOn));
        Assert.Matches(@"^stderr: The cache cannot be written \(.*\): this session uses /.*\. \| result: 1$", SessionFixture.Describe(outputs));
    }

    [Theory]
    [InlineData("#r \"\"")]
    [InlineData("#r \".\"")]
    [InlineData("#r \"nuget:\"")]
    [InlineData("#r \"nuget: A, \"")]
    [InlineData("#load \".\"")]
    [InlineData("#load \"\"")]
    [InlineData("#load \"nowhere.csx\"")]
    public async Task An_unreadable_reference_is_an_error_of_its_cell(string directive)
    {
        var (result, _) = await fixture.RunAsync(directive);

        Assert.Equal(CellStatus.Failed, result.Status);
        Assert.StartsWith("cell 7", result.Error!.Message, StringComparison.Ordinal);
        Assert.Equal("result: 2", SessionFixture.Describe((await fixture.RunAsync("1 + 1")).Outputs));
    }

    [Fact]
    public async Task Files_are_loaded_relative_to_the_loading_file()
    {
        Directory.CreateDirectory(Path.Combine(fixture.Folder, "parts"));
        await File.WriteAllTextAsync(Path.Combine(fixture.Folder, "parts", "all.csx"), "#load \"one.csx\"\nint Two() => One() + One();\n");
        await File.WriteAllTextAsync(Path.Combine(fixture.Folder, "parts", "one.csx"), "int One()\n{\n    for (var i = 0; ; i++)\n    {\n#if true\n        return 1;\n#endif\n    }\n}\n");

        Assert.Equal("result: 2", SessionFixture.Describe((await fixture.RunAsync("#load \"parts/all.csx\"\nTwo()")).Outputs));
    }

    private string Build(string name, string code, string folder, params string[] references)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(fixture.Folder, folder)).FullName, $"{name}.dll");
        var framework = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => Path.GetFileName(file) is "System.Runtime.dll" or "System.Private.CoreLib.dll");
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(code)],
            framework.Concat(references).Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.Emit(path).Diagnostics);
        return path;
    }
}
