using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Running;

namespace DeepNotes.Notebooks.Tests.Running;

public sealed class NotebookLanguageTests
{
    private const string CSharp = """{"display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp"}""";

    /// <summary>The notebook's metadata, and the error message.</summary>
    public static TheoryData<string, string> ForeignRows => new()
    {
        { """{"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}""", "its kernel is Python 3 (python3), expected C#." },
        { """{"kernelspec": {"name": "python3"}}""", "its kernel is python3 (python3), expected C#." },
        { """{"kernelspec": {"display_name": "Julia 1.10", "language": "julia"}}""", "its kernel is Julia 1.10, expected C#." },
        { """{"kernelspec": {"name": ".net-fsharp", "display_name": ".NET (F#)", "language": "F#"}}""", "its kernel is .NET (F#) (.net-fsharp), expected C#." },
        { """{"kernelspec": {"name": ".net-powershell", "display_name": ".NET (PowerShell)"}, "language_info": {"name": "polyglot-notebook"}}""", "its kernel is .NET (PowerShell) (.net-powershell), expected C#." },
        { """{"kernelspec": {"name": "conda-env-py", "display_name": "Python [conda]"}, "language_info": {"name": "python"}}""", "its kernel is Python [conda] (conda-env-py), expected C#." },
        { """{"language_info": {"name": "R"}}""", "its language is R, expected C#." },
        { """{"kernelspec": null, "language_info": {"name": "python"}}""", "its language is python, expected C#." },
        { """{"kernelspec": {"name": "a\u001b[31m\nb", "language": "x"}}""", "its kernel is a [31m b (a [31m b), expected C#." },
        { $$$$"""{"kernelspec": {{{{CSharp}}}}, "polyglot_notebook": {"kernelInfo": {"defaultKernelName": "fsharp"}}}""", "its cells are fsharp by default, expected C#." },
    };

    /// <summary>Metadata that a run does not change.</summary>
    public static TheoryData<string> CSharpRows => new(
        $$$$"""{"kernelspec": {{{{CSharp}}}}, "language_info": {"file_extension": ".cs", "mimetype": "text/x-csharp", "name": "C#", "pygments_lexer": "csharp", "version": "9.0"}}""",
        $$$$"""{"kernelspec": {{{{CSharp}}}}, "language_info": {"name": "polyglot-notebook"}, "polyglot_notebook": {"kernelInfo": {"defaultKernelName": "csharp", "items": []}}}""",
        $$$$"""{"kernelspec": {{{{CSharp}}}}}""",
        """{"kernelspec": {"name": "my-kernel", "language": "csharp"}}""",
        """{"kernelspec": {"name": ".net-csharp"}, "language_info": {"name": 	"C#"}}""");

    [Theory]
    [MemberData(nameof(ForeignRows))]
    public async Task A_notebook_of_another_language_is_rejected_before_a_session_starts(string metadata, string message)
    {
        var started = false;
        var runner = new NotebookRunner((_, _, _) =>
        {
            started = true;
            return Task.FromResult<ISession>(new ScriptedSession());
        });
        var error = await Assert.ThrowsAsync<NotebookFormatException>(() => runner.RunAsync(Notebook(metadata), Fingerprints.Options()));
        Assert.Equal($"x.ipynb: {message}", error.Message);
        Assert.False(started);
    }

    [Theory]
    [MemberData(nameof(CSharpRows))]
    public async Task Another_CSharp_kernel_is_preserved(string metadata)
    {
        var executed = await RunAsync(metadata);
        var fields = metadata.Trim()[1..^1];
        Assert.Contains(fields, executed.ToText(), StringComparison.Ordinal);
        Assert.Equal(1, executed.Cells[0].ExecutionCount);
    }

    [Theory]
    [InlineData("null", "13.0")]
    [InlineData("{}", "13.0")]
    [InlineData("""{"kernelspec": {}, "language_info": null}""", "13.0")]
    [InlineData("""{"kernelspec": {"name": "deepnotes"}, "language_info": {"name": "C#", "version": "12.0"}}""", "13.0")]
    [InlineData("""{"language_info": {"name": "C#", "version": "12.0"}}""", "12.0")]
    public async Task A_notebook_without_a_kernel_gets_this_kernel(string metadata, string version)
    {
        var written = (await RunAsync(metadata)).Json["metadata"]!;
        Assert.Equal("deepnotes", (string?)written["kernelspec"]!["name"]);
        Assert.Equal(version == "13.0" ? NotebookLanguage.Version : version, (string?)written["language_info"]!["version"]);
    }

    private static async Task<NotebookDocument> RunAsync(string metadata) =>
        (await new NotebookRunner((_, _, _) => Task.FromResult<ISession>(new ScriptedSession())).RunAsync(Notebook(metadata), Fingerprints.Options())).Document;

    private static NotebookDocument Notebook(string metadata) =>
        NotebookDocument.Parse($$"""{"cells": [{"cell_type": "code", "source": "print a"}], "metadata": {{metadata}}, "nbformat": 4, "nbformat_minor": 2}""", "x.ipynb");
}
