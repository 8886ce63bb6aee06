using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Cli.Tests.Jupyter;

/// <summary>Jupyter's classic notebook server over a folder of notebooks: on this machine only, without a password.</summary>
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

    /// <param name="notebooks">The folder whose notebooks it offers.</param>
    /// <param name="environment">Where it finds kernels, and what they find.</param>
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
            await server.WaitUntilItAnswersAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    // With its kernels, which are its children.
    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task WaitUntilItAnswersAsync()
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
                    // It does not listen yet.
                    return _process.HasExited ? throw new InvalidOperationException($"The notebook server ended at once: {await _errors}") : false;
                }
            },
            () => $"{Address} does not answer");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
