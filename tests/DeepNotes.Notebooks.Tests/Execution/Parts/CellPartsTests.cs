using DeepNotes.Notebooks.Execution;

namespace DeepNotes.Notebooks.Tests.Execution;

public class CellPartsTests
{
    private const string Quotes = "\"\"\"";

    [Theory]
    [InlineData("1 + 1", "C# 1 + 1")]
    [InlineData("", "C# ")]
    [InlineData("#!time\n1", "Time | C# \\n1")]
    [InlineData("#!csharp\n1", "C# \\n1")]
    [InlineData("#!C#\n1", "C# \\n1")]
    [InlineData("#!/usr/bin/env dotnet\n1", "C# \\n1")]
    [InlineData("#!html\n<b>it's \"x</b>\n#!csharp\nx", "text/html <b>it's \"x</b> | C# \\n\\n\\nx")]
    [InlineData("a;\n#!markdown\n/* _b_\n#!html\n<i>\n#!c#\nd", "C# a; | text/markdown /* _b_ | text/html <i> | C# \\n\\n\\n\\n\\n\\nd")]
    [InlineData("#!markdown\n#!bin is text", "text/markdown #!bin is text")]
    [InlineData("#!js\nf()", "text/html <script type=\"text/javascript\">f()</script>")]
    [InlineData("var x = 1;\n#!whos\nvar y = 2;", "C# var x = 1; | Whos | C# \\n\\nvar y = 2;")]
    [InlineData("#!about\n#!lsmagic", "About | ListMagic")]
    [InlineData("// first\n#i \"nuget:https://example.org/index.json\" // mine\n#r \"nuget: A, 1\"\nx", "PackageSource https://example.org/index.json | C# // first\\n\\n#r \"nuget: A, 1\"\\nx")]
    [InlineData("#i \"nuget: /my/packages\"\n", "PackageSource /my/packages")]
    [InlineData("#if false\n#!fsharp\n#endif\n1", "C# #if false\\n\\n#endif\\n1")]
    [InlineData("/*\n#!fsharp\n*/ 1", "C# /*\\n#!fsharp\\n*/ 1")]
    [InlineData("var s = @\"\n#!fsharp\n\";", "C# var s = @\"\\n#!fsharp\\n\";")]
    [InlineData("var s = $" + Quotes + "\n#!share {1}\n#i x\n" + Quotes + ";", "C# var s = $" + Quotes + "\\n#!share {1}\\n#i x\\n" + Quotes + ";")]
    [InlineData("var x = 7\n%y;", "C# var x = 7\\n%y;")]
    [InlineData("#if A\n#else\n#endif\n#region x\n#endregion", "C# #if A\\n#else\\n#endif\\n#region x\\n#endregion")]
    public void A_cell_is_split_into_its_parts(string code, string expected)
    {
        var cell = CellParts.Of(code);

        Assert.Null(cell.Refusal);
        Assert.Equal(expected, string.Join(" | ", cell.Parts.Select(Describe)));
        Assert.All(cell.Parts.OfType<CodePart>(), part => Assert.Equal(code.Length, part.Code.Length));
    }

    [Theory]
    [InlineData("#!share --from fsharp y", 1, "#!share is a command of .NET Interactive")]
    [InlineData("#!set --name z --value 3", 1, "Use a variable: var name = value;")]
    [InlineData("#!connect mssql --kernel-name db", 1, "Use a client library from NuGet")]
    [InlineData("#!connect jupyter --kernel-name py --kernel-spec python3", 1, "tag them skip-execution")]
    [InlineData("#!value --name x", 1, "Use a variable: var name")]
    [InlineData("var a = 1;\n  #!fsharp\nlet x = 1", 2, "#!fsharp: only C# runs here, not F#")]
    [InlineData("#!csharp\n#!share --from value y", 2, "#!share")]
    [InlineData("#!pwsh\nls", 1, "PowerShell")]
    [InlineData("#!sql-db\nselect 1", 1, "SQL")]
    [InlineData("#!kql\nT", 1, "KQL")]
    [InlineData("#!html\n<b>\n#!fsharp\nx", 3, "F#")]
    [InlineData("#!nonsense", 1, "#!nonsense is not a supported command; #!lsmagic")]
    [InlineData("#!", 1, "is not a supported command")]
    [InlineData("#i \"https://example.org\"", 1, "expected #i \"nuget: ")]
    [InlineData("%%time\nx", 1, "%%time is a command of IPython")]
    [InlineData("\n%matplotlib inline", 2, "%matplotlib is a command of IPython")]
    [InlineData("#:package Foo@1.0\n1", 1, "#r \"nuget: name, version\"")]
    public void An_unsupported_line_is_rejected_with_an_alternative(string code, int line, string message)
    {
        var refusal = CellParts.Of(code).Refusal;

        Assert.Equal(line, refusal?.Line);
        Assert.Contains(message, refusal!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Theory]
    [InlineData("javascript", "var x = 1;", "is JavaScript: only C# runs here")]
    [InlineData("fsharp", "let x = 1", "is F#: only C# runs here")]
    [InlineData("my-python", "print(1)", "is my-python: only C# runs here")]
    [InlineData("sql-adventureworks", "select 1", "is SQL: only C# runs here")]
    [InlineData("csharp", "1", null)]
    [InlineData("C#", "1", null)]
    [InlineData("html", "<b>x</b>", null)]
    [InlineData("fsharp", "  ", null)]
    [InlineData("javascript", "#!javascript\nf()", null)]
    [InlineData("fsharp", "#!csharp\n1", null)]
    public void The_metadata_may_name_another_language(string language, string code, string? message)
    {
        var refusal = CellParts.Of(code, language).Refusal;

        Assert.StartsWith(message ?? "none", refusal?.Message ?? "none", StringComparison.Ordinal);
        Assert.Null(refusal?.Line);
    }

    [Theory]
    [InlineData("#!time\nif (true) {", Completeness.Incomplete)]
    [InlineData("#!time\n1 + 1", Completeness.Complete)]
    [InlineData("#!html\n<b", Completeness.Complete)]
    [InlineData("using System.Linq;\n#r \"lib.dll\"", Completeness.Complete)]
    [InlineData("#!fsharp\nlet x =", Completeness.Complete)]
    public void Completeness_is_that_of_the_csharp(string code, Completeness expected) => Assert.Equal(expected, CompletenessCheck.Of(code));

    private static string Describe(CellPart part) => part switch
    {
        CodePart code => "C# " + string.Join('\n', code.Code.Split('\n').Select(line => line.TrimEnd())).TrimEnd().Replace("\n", "\\n", StringComparison.Ordinal),
        TextPart text => $"{text.MimeType} {text.Text}",
        CommandPart command => $"{command.Command} {command.Argument}".TrimEnd(),
        _ => "?",
    };
}
