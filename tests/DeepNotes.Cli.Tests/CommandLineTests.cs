using DeepNotes.Cli.Tests.Support;
using static DeepNotes.Notebooks.Tests.Running.TestNotebook;

namespace DeepNotes.Cli.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly TestRepository _repository = new();

    [Theory]
    [InlineData("frob", "Unrecognized command or argument 'frob'")]
    [InlineData("run --frob", "'--frob'")]
    [InlineData("run --timeout soon", "expected a number from 0.001 to 86400, got 'soon'")]
    [InlineData("run --timeout -1", "got '-1'")]
    [InlineData("run --timeout NaN", "got 'NaN'")]
    [InlineData("run --jobs 0", "expected a number from 1 to 64, got '0'")]
    [InlineData("run missing.ipynb", "missing.ipynb: no such notebook, folder or chapter.")]
    [InlineData("run nothing*.ipynb", "nothing*.ipynb: no such notebook, folder or chapter.")]
    [InlineData("import a.ipynb", "a.ipynb: expected a file with the extension .dib")]
    [InlineData("run", "notebooks: no notebooks (*.ipynb) in this folder.")]
    [InlineData("book --full --saved", "--full and --saved are mutually exclusive")]
    [InlineData("kernel install --user --prefix x", "--user and --prefix are mutually exclusive")]
    [InlineData("kernel run", "Option '--connection-file' is required")]
    [InlineData("data get planets", "planets: no such data set; available: mnist")]
    [InlineData("bench gemm fast", "fast: no such benchmark; available: gemm 64, gemm 128,")]
    [InlineData("bench --seconds 0", "expected a number from 0.001 to 3600, got '0'")]
    [InlineData("bench --warm-up 0", "expected a number from 0.001 to 3600, got '0'")]
    [InlineData("bench --growth gemm", "gemm: no such benchmark; available: mlp batch, mlp width,")]
    [InlineData("bench --growth --check", "--check and --growth are mutually exclusive")]
    [InlineData("bench --growth --against x", "--growth and --against are mutually exclusive")]
    [InlineData("bench --against x --device gpu", "--against runs on the CPU only: omit --device")]
    [InlineData("bench gemm --to x", "--to requires --growth")]
    [InlineData("bench --growth --device gpu", "--growth runs on the CPU only: omit --device")]
    [InlineData("bench --device abacus", "abacus")]
    [InlineData("bench --frob", "'--frob'")]
    [InlineData("data", "Required command was not provided")]
    public async Task Wrong_usage_gives_one_line_and_exit_code_2(string arguments, string expected)
    {
        var (code, _, error) = await _repository.RunAsync(arguments.Split(' '));

        Assert.Equal(2, code);
        Assert.Contains(expected, Assert.Single(error.TrimEnd().Split('\n')));
    }

    [Theory]
    [InlineData("run")]
    [InlineData("check")]
    [InlineData("figures")]
    public async Task After_two_hyphens_a_notebook_name_may_begin_with_a_hyphen(string command)
    {
        var (code, _, error) = await _repository.RunAsync(command, "--", "-x.ipynb");

        Assert.Equal((2, "-x.ipynb: no such notebook, folder or chapter."), (code, error.TrimEnd()));
        Assert.Contains("Unrecognized option '-x.ipynb'", (await _repository.RunAsync(command, "-x.ipynb")).Error);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("check")]
    [InlineData("book")]
    [InlineData("import")]
    [InlineData("figures")]
    [InlineData("data")]
    [InlineData("data list")]
    [InlineData("data get")]
    [InlineData("kernel")]
    [InlineData("kernel install")]
    [InlineData("kernel uninstall")]
    [InlineData("kernel list")]
    [InlineData("kernel run")]
    [InlineData("doctor")]
    [InlineData("bench")]
    [InlineData("build")]
    public async Task Every_command_has_help_with_examples(string command)
    {
        var (code, output, _) = await _repository.RunAsync([.. command.Split(' '), "--help"]);

        Assert.Equal(0, code);
        Assert.Contains($"  deepnotes {command}", output[output.IndexOf("Examples:", StringComparison.Ordinal)..]);
    }

    [Fact]
    public async Task Without_arguments_the_program_lists_its_commands()
    {
        var (code, output, _) = await _repository.RunAsync();
        Assert.Equal(0, code);
        Assert.Contains("check", output);
    }

    [Fact]
    public async Task Build_prints_the_path_of_the_library_or_how_to_build_it()
    {
        Assert.Contains("dotnet build", (await _repository.RunAsync("build")).Error);

        Directory.CreateDirectory(Path.GetDirectoryName(_repository.Workspace.Library)!);
        File.WriteAllText(_repository.Workspace.Library, "");
        var (code, output, _) = await _repository.RunAsync("build");
        Assert.Equal(0, code);
        Assert.Contains("DeepNotes.Lib.dll", output);
    }

    [Fact]
    public async Task Data_list_prints_origin_and_licence()
    {
        var (code, output, _) = await _repository.RunAsync("data", "list");
        Assert.Equal(0, code);
        Assert.Contains("CC BY-SA 3.0", output);
    }

    [Fact]
    public async Task Doctor_reports_missing_requirements_with_advice()
    {
        File.WriteAllText(_repository.In("out"), "a file where the folder should be");
        var (code, output, _) = await _repository.RunAsync("doctor");

        Assert.Equal(1, code);
        Assert.Matches(@"missing +Library +not built: run: deepnotes build", output);
        Assert.Matches(@"missing +Write access to out +denied", output);
        Assert.Matches(@"ok +Write access to notebooks +allowed", output);
        Assert.Matches(@"ok +Processor", output);
    }

    [Fact]
    public async Task An_unexpected_error_gives_one_line_that_names_DEEPNOTES_DEBUG()
    {
        _repository.Add("01-a", Code("print a"));
        using var output = new StringWriter();
        using var error = new StringWriter();
        var context = _repository.Context(output, error) with { DescribeData = () => throw new NotSupportedException("odd\nvery") };

        Assert.Equal(1, await CommandLine.RunAsync(["run"], context));
        Assert.Equal("NotSupportedException: odd (DEEPNOTES_DEBUG=1 shows the stack trace)", error.ToString().TrimEnd());
        Assert.Equal(1, await CommandLine.RunAsync(["run"], context with { ShowStackTraces = true }));
        Assert.Contains("   at DeepNotes.Cli", error.ToString());
    }

    public void Dispose() => _repository.Dispose();
}
