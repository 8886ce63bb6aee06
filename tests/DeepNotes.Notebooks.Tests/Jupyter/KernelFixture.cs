using System.Collections.Concurrent;
using System.Net;
using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Jupyter;

namespace DeepNotes.Notebooks.Tests.Jupyter;

/// <summary>A kernel on free ports, for all tests of a class.</summary>
public sealed class KernelFixture : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deepnotes-kernel-");
    private Kernel _kernel = null!;

    /// <summary>Completes when the kernel has been shut down.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    public ConcurrentQueue<string> Log { get; } = new();

    internal ConnectionFile Connection => _kernel.Connection;

    public Task InitializeAsync()
    {
        _kernel = Kernel.Start(
            new ConnectionFile(IPAddress.Loopback, RawFrontEnd.Key, 0, 0, 0, 0, 0), new SessionOptions(_folder.FullName), Log.Enqueue);
        Ended = _kernel.RunAsync(CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _kernel.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    internal RawFrontEnd Connect(string identity = "front end") => new(Connection, identity);
}
