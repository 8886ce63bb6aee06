using System.Collections.Concurrent;
using System.Net;
using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Jupyter;
using DeepNotes.Notebooks.Tests.Support;

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

    /// <summary>The number of requests that the kernel has received.</summary>
    public long ReceivedCount => _kernel.ReceivedCount;

    /// <summary>The time limit for a cell to stop.</summary>
    public TimeSpan InterruptTimeout { get; init; } = Eventually.Limit;

    public Task InitializeAsync()
    {
        Start(new ConnectionFile(IPAddress.Loopback, RawFrontEnd.Key, 0, 0, 0, 0, 0));
        return Task.CompletedTask;
    }

    /// <summary>Restarts the kernel on the same ports, as front ends do.</summary>
    public async Task RestartAsync()
    {
        var connection = Connection;
        await _kernel.DisposeAsync();
        Start(connection);
    }

    public async Task DisposeAsync()
    {
        await _kernel.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private void Start(ConnectionFile connection)
    {
        _kernel = Kernel.Start(connection, new SessionOptions(_folder.FullName) { InterruptTimeout = InterruptTimeout }, Log.Enqueue);
        Ended = _kernel.RunAsync(CancellationToken.None);
    }

    internal RawFrontEnd Connect(string identity = "front end") => new(Connection, identity);
}
