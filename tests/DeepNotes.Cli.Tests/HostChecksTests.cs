using DeepNotes.Notebooks.Jupyter;

namespace DeepNotes.Cli.Tests;

public sealed class HostChecksTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepnotes hosts ").FullName;

    [Fact]
    public void The_kernel_check_needs_the_program_that_the_kernel_runs()
    {
        var program = Path.Combine(_folder, "deepnotes.dll");
        Assert.Equal((CheckStatus.Optional, "not installed"), Found(HostChecks.Kernel([_folder])));

        KernelSpec.Install(_folder, program);
        Assert.Contains("missing; run again: deepnotes kernel install", HostChecks.Kernel([_folder]).Advice);

        File.WriteAllText(program, "");
        Assert.Equal((CheckStatus.Ok, _folder), Found(HostChecks.Kernel([Path.Combine(_folder, "none"), _folder])));
    }

    [Theory]
    [InlineData(null, null, CheckStatus.Optional, "not found")]
    [InlineData("/bin/code", null, CheckStatus.Optional, "/bin/code, no Jupyter extension")]
    [InlineData("/bin/code", ".vscode", CheckStatus.Ok, "/bin/code, with the Jupyter extension")]
    [InlineData(null, ".vscode-server", CheckStatus.Ok, "server, with the Jupyter extension")]
    internal void VS_Code_needs_the_Jupyter_extension(string? program, string? extensions, CheckStatus finding, string found)
    {
        if (extensions is not null)
        {
            Directory.CreateDirectory(Path.Combine(_folder, extensions, "extensions", "ms-toolsai.jupyter-2026.1.0"));
        }

        var line = HostChecks.VisualStudioCode(program, _folder);
        Assert.Equal(finding, line.Status);
        Assert.StartsWith(found, line.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, CheckStatus.Optional, "not found")]
    [InlineData("4.4.0", null, CheckStatus.Ok, "JupyterLab 4.4.0; ")]
    [InlineData("4.4.0", "7.4.0", CheckStatus.Ok, "JupyterLab 4.4.0, Notebook 7.4.0; ")]
    internal void Jupyter_is_reported_with_its_versions(string? lab, string? notebook, CheckStatus finding, string found)
    {
        var line = HostChecks.Jupyter(lab, notebook);
        Assert.Equal(finding, line.Status);
        Assert.StartsWith(found, line.Detail, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static (CheckStatus Status, string Detail) Found(CheckResult line) => (line.Status, line.Detail);
}
