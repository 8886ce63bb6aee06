using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Jupyter;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Cli.Tests.Jupyter;

/// <summary>A shell that starts a kernel as front ends do, and exits without a shutdown request.</summary>
internal sealed class ShellServer : IDisposable
{
    private static readonly string[] Sockets = ["shell_port", "control_port", "stdin_port", "iopub_port", "hb_port"];

    private readonly Process _shell;
    private readonly int _kernel;
    private readonly int _port;

    private ShellServer(Process shell, int kernel, int port)
    {
        _shell = shell;
        _kernel = kernel;
        _port = port;
    }

    public bool KernelListens
    {
        get
        {
            using var client = new TcpClient();
            try
            {
                client.Connect(IPAddress.Loopback, _port);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        }
    }

    /// <param name="folder">The folder for its files.</param>
    /// <param name="parent">The value of JPY_PARENT_PID, as a shell expression.</param>
    public static async Task<ShellServer> StartAsync(TemporaryFolder folder, string parent)
    {
        var ports = FreePorts(Sockets.Length);
        var connectionFile = folder[$"{ports[0]}.json"];
        var log = folder[$"{ports[0]}.log"];
        File.WriteAllText(
            connectionFile, new JsonObject(Sockets.Zip(ports, (name, port) => KeyValuePair.Create<string, JsonNode?>(name, port))).ToJsonString());
        var shell = Process.Start(new ProcessStartInfo(
            "sh", ["-c", $"JPY_PARENT_PID={parent} {Command(folder["spec"], connectionFile)} > '{log}' 2>&1 & echo $!; read end"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_EnableDiagnostics"] = "0" }, // a killed kernel would leave its diagnostic pipe behind
        })!;
        var server = new ShellServer(shell, int.Parse((await shell.StandardOutput.ReadLineAsync())!), ports[0]);
        await Eventually.True(() => server.KernelListens, () => File.ReadAllText(log));
        return server;
    }

    public Task EndAsync()
    {
        _shell.StandardInput.Close();
        return _shell.WaitForExitAsync();
    }

    public void Dispose()
    {
        try
        {
            using var kernel = Process.GetProcessById(_kernel);
            kernel.Kill(entireProcessTree: true);
        }
        catch (ArgumentException)
        {
            // It has exited already.
        }

        _shell.Dispose();
    }

    private static string Command(string spec, string connectionFile)
    {
        KernelSpec.Install(spec, Path.Combine(AppContext.BaseDirectory, "deepnotes.dll"));
        var arguments = JsonNode.Parse(File.ReadAllText(Path.Combine(spec, "kernel.json")))!["argv"]!.AsArray();
        return string.Join(' ', arguments.Select(argument => $"'{argument}'")).Replace("{connection_file}", connectionFile, StringComparison.Ordinal);
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        Array.ForEach(listeners, listener => listener.Start());
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        Array.ForEach(listeners, listener => listener.Dispose());
        return ports;
    }
}
