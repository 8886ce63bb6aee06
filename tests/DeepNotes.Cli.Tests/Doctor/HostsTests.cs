using DeepNotes.Cli.Doctor;
using DeepNotes.Notebooks.Jupyter;

namespace DeepNotes.Cli.Tests.Doctor;

public sealed class HostsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepnotes hosts ").FullName;

    [Fact]
    public void The_kernel_is_there_with_the_program_that_it_runs()
    {
        var program = Path.Combine(_folder, "deepnotes.dll");
        Assert.Equal((Finding.Optional, "not installed"), Found(Hosts.Kernel([_folder])));

        KernelSpec.Install(_folder, program);
        Assert.Contains("gone; run again: deepnotes kernel install", Hosts.Kernel([_folder]).Advice);

        File.WriteAllText(program, "");
        Assert.Equal((Finding.Ok, _folder), Found(Hosts.Kernel([Path.Combine(_folder, "none"), _folder])));
    }

    [Theory]
    [InlineData(null, null, Finding.Optional, "not found")]
    [InlineData("/bin/code", null, Finding.Optional, "/bin/code, no Jupyter extension")]
    [InlineData("/bin/code", ".vscode", Finding.Ok, "/bin/code, with the Jupyter extension")]
    [InlineData(null, ".vscode-server", Finding.Ok, "its server, with the Jupyter extension")]
    internal void Code_needs_the_Jupyter_extension(string? program, string? extensions, Finding finding, string found)
    {
        if (extensions is not null)
        {
            Directory.CreateDirectory(Path.Combine(_folder, extensions, "extensions", "ms-toolsai.jupyter-2026.1.0"));
        }

        var line = Hosts.VisualStudioCode(program, _folder);
        Assert.Equal(finding, line.Finding);
        Assert.StartsWith(found, line.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, Finding.Optional, "not found")]
    [InlineData("4.4.0", null, Finding.Ok, "JupyterLab 4.4.0; ")]
    [InlineData("4.4.0", "7.4.0", Finding.Ok, "JupyterLab 4.4.0, Notebook 7.4.0; ")]
    internal void Jupyter_is_named_with_its_versions(string? lab, string? notebook, Finding finding, string found)
    {
        var line = Hosts.Jupyter(lab, notebook);
        Assert.Equal(finding, line.Finding);
        Assert.StartsWith(found, line.Found, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static (Finding Finding, string Found) Found(CheckupLine line) => (line.Finding, line.Found);
}
