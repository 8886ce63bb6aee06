using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Running;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepNotes.Notebooks.Tests.Execution;

/// <summary>The C# version of cells, and lines of a cell that are not C#, in a session.</summary>
public class CellLanguageTests(SessionFixture fixture) : IClassFixture<SessionFixture>
{
    [Fact]
    public void The_language_version_is_the_latest_of_the_compiler_and_at_least_that_of_the_SDK()
    {
        var newest = Enum.GetValues<LanguageVersion>().Where(version => version < LanguageVersion.LatestMajor).Max();

        Assert.Equal(newest, CellSource.ParseOptions.LanguageVersion);
        Assert.Equal(newest.ToDisplayString(), NotebookLanguage.Version);

        // .NET 10 has C# 14, and each new version the next one.
        Assert.True(double.Parse(NotebookLanguage.Version) >= Environment.Version.Major + 4, NotebookLanguage.Version);
    }

    [Fact]
    public void The_README_states_the_language_version()
    {
        var readme = File.ReadAllText(Path.Combine(Support.Repository.Root, "README.md"));

        Assert.Contains($"Cells are in C# {NotebookLanguage.Version.Replace(".0", "")}:", readme, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("class P { public int V { get => field; set => field = value < 0 ? 0 : value; } }\nnew P { V = -3 }.V", "result: 0")]
    [InlineData("string? name = null; name?.ToString(); class Box { public int V; } Box? box = null; box?.V = 3; nameof(List<>)", "result: List")]
    [InlineData("#!mermaid\ngraph LR", "display: ")]
    [InlineData("#!time\nConsole.Write(1);", "stdout: 1 | display: Wall time: *")]
    [InlineData("#!markdown\n**a**", "display: ")]
    [InlineData("#!html\n<b>it's</b>\n#!csharp\nvar html = 2;\nhtml", "display: <b>it's</b> | result: 2")]
    [InlineData("1\n#!about", "result: 1 | display: DeepNotes *")]
    [InlineData("var who = \"me\";\n#!who", "display: *who*")]
    [InlineData("var whos = \"me\";\n#!whos", "display: name*whos*string*me*")]
    [InlineData("#!lsmagic", "display: *#!time*")]
    [InlineData("#i \"nuget: https://example.org/v3/index.json\"\n8", "result: 8")]
    [InlineData("#if false\n#!share\n#endif\n1", "result: 1")]
    [InlineData("#!fsharp\nlet x = 1", "error: cell 7, line 1: #!fsharp: only C# runs here, not F#; *")]
    [InlineData("#!share --from fsharp x", "error: cell 7, line 1: #!share is a command of .NET Interactive that this engine does not support. *")]
    [InlineData("#!html\n<b>\n#!csharp\nthrow new Exception(\"x\");\n#!html\n<i>", "display: <b> | error: cell 7, line 4: Exception: x")]
    [InlineData("#error version", "error: cell 7, line 1: CS8304: Compiler version: *Language version: 1*")]
    public async Task A_cell_shows(string code, string expected) =>
        Assert.Matches($"^{System.Text.RegularExpressions.Regex.Escape(expected).Replace("\\*", "[\\s\\S]*")}$", SessionFixture.Describe((await fixture.RunAsync(code)).Outputs));

    [Theory]
    [InlineData("one.csx", "#!share\nint one = 1;", "one.csx, line 1: #!share is a command of .NET Interactive")]
    [InlineData("two.csx", "#!html\n<b>", "two.csx\": expected a C# file")]
    [InlineData("three.ipynb", "{}", "three.ipynb\": expected a C# file (.csx, .cs), got a notebook.")]
    public async Task A_loaded_file_must_be_CSharp(string name, string text, string message)
    {
        await File.WriteAllTextAsync(Path.Combine(fixture.Folder, name), text);

        Assert.Contains(message, (await fixture.RunAsync($"#load \"{name}\"")).Result.Error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lesson.dib", "#!markdown\nText\n#!csharp\nint six = 6;\n#!csharp\nsix * 7", "stdout: before | result: 42 | result: 6")]
    [InlineData("lesson.ipynb", """{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "code", "source": "int six = 6;"}]}""", "stdout: before | result: 6")]
    [InlineData("lesson.cs", "int six = 6;", "stdout: before | result: 6")]
    [InlineData("lesson.dib", "int five = 5;\n#!csharp\n1 +", "stdout: before | error: cell 7, lesson.dib cell 2, line 1: CS1733: Expected expression*")]
    [InlineData("lesson.dib", "#!import lesson.dib", "stdout: before | error: cell 7, lesson.dib cell 1: #!import lesson.dib: it imports itself.")]
    [InlineData("lesson.txt", "", "stdout: before | error: cell 7: #!import lesson.txt: expected a notebook (.ipynb, .dib) or a C# file (.csx, .cs).")]
    [InlineData("lesson.ipynb", "{}", "stdout: before | error: cell 7: #!import *lesson.ipynb: *")]
    public async Task An_imported_notebook_runs_at_the_position_of_its_line(string name, string text, string expected)
    {
        await File.WriteAllTextAsync(Path.Combine(fixture.Folder, name), text);
        var outputs = SessionFixture.Describe((await fixture.RunAsync($"Console.WriteLine(\"before\");\n#!import {name}\nsix")).Outputs);

        Assert.Matches($"^{System.Text.RegularExpressions.Regex.Escape(expected).Replace("\\*", "[\\s\\S]*")}$", outputs);
    }

    [Fact]
    public async Task A_loaded_file_may_begin_with_a_shebang()
    {
        await File.WriteAllTextAsync(Path.Combine(fixture.Folder, "unix.csx"), "#!/usr/bin/env dotnet-script\nint unix = 4;");

        Assert.Equal("result: 4", SessionFixture.Describe((await fixture.RunAsync("#load \"unix.csx\"\nunix")).Outputs));
    }

    [Fact]
    public async Task The_session_receives_the_language_of_a_cell()
    {
        var outputs = new List<CellOutput>();
        await fixture.Session.ExecuteAsync(new CellRequest("var x = 1;", "cell 1") { Language = "javascript" }, outputs.Add);

        Assert.StartsWith("error: cell 1 is JavaScript: only C# runs here", SessionFixture.Describe(outputs), StringComparison.Ordinal);
    }
}
