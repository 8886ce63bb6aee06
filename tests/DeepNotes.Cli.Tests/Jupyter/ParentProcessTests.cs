using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Cli.Tests.Jupyter;

/// <summary>A kernel whose server is a shell, which can be ended without a word.</summary>
public sealed class ParentProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [UnixTheory]
    [InlineData("1")]
    [InlineData("")]
    public async Task A_kernel_ends_with_the_server_that_it_was_told_of_and_goes_on_where_that_is_another(string another)
    {
        using var other = await ShellServer.StartAsync(_folder, another);
        await other.EndAsync();

        // When one that starts now has looked for its server and ended, the other has had the time for it.
        using var own = await ShellServer.StartAsync(_folder, "$$");
        await own.EndAsync();

        await Eventually.True(() => !own.KernelListens, () => "the kernel still listens");
        Assert.True(other.KernelListens);
    }

    public void Dispose() => _folder.Dispose();
}
