using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Cli.Tests.Jupyter;

/// <summary>Jupyter's classic notebook server for a folder, on the loopback address and without a password.</summary>
internal sealed class NotebookServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private NotebookServer(Process process, Uri address)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        Address = address;
    }

    public Uri Address { get; }

    /// <param name="notebooks">The folder of notebooks.</param>
    /// <param name="environment">Environment variables of the server and its kernels.</param>
    public static async Task<NotebookServer> StartAsync(string notebooks, IEnumerable<(string Name, string Value)> environment)
    {
        var port = FreePort();
        var start = JupyterTools.StartInfo(
            ["-m", "notebook", "--no-browser", "--allow-root", "--ip=127.0.0.1", $"--port={port}", "--NotebookApp.port_retries=0",
             "--NotebookApp.token=", "--NotebookApp.password=", $"--notebook-dir={notebooks}"],
            environment);
        var server = new NotebookServer(Process.Start(start)!, new Uri($"http://127.0.0.1:{port}/"));
        try
        {
            await server.WaitUntilReadyAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    // Kernels are child processes of the server.
    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task WaitUntilReadyAsync()
    {
        using var client = new HttpClient();
        await Eventually.True(
            async () =>
            {
                try
                {
                    await client.GetStringAsync(new Uri(Address, "api/status"));
                    return true;
                }
                catch (HttpRequestException)
                {
                    // The server is not listening yet.
                    return _process.HasExited ? throw new InvalidOperationException($"The notebook server exited: {await _errors}") : false;
                }
            },
            () => $"{Address} does not respond");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
