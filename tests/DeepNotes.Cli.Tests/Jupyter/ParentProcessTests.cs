using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Cli.Tests.Jupyter;

/// <summary>A kernel started by a shell, which can exit without a shutdown request.</summary>
public sealed class ParentProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [UnixTheory]
    [InlineData("1")]
    [InlineData("")]
    public async Task A_kernel_exits_with_its_parent_but_not_with_another_process(string another)
    {
        using var other = await ShellServer.StartAsync(_folder, another);
        await other.EndAsync();

        // Once a kernel started later has detected the exit of its parent, the first one has had enough time to do so.
        using var own = await ShellServer.StartAsync(_folder, "$$");
        await own.EndAsync();

        await Eventually.True(() => !own.KernelListens, () => "the kernel still listens");
        Assert.True(other.KernelListens);
    }

    public void Dispose() => _folder.Dispose();
}
