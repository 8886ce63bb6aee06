using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Jupyter;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Cli.Tests.Jupyter;

/// <summary>A kernel whose server is a shell, which can be ended without a word.</summary>
public sealed class ParentProcessTests
{
    private static readonly string[] Sockets = ["shell_port", "control_port", "stdin_port", "iopub_port", "hb_port"];

    // Whatever is to happen to the other has happened when the first is gone: both look at the same intervals.
    [UnixTheory]
    [InlineData("1")]
    [InlineData("")]
    public async Task A_kernel_ends_with_the_server_that_it_was_told_of_and_goes_on_where_that_is_another(string another)
    {
        using var folder = new TemporaryFolder();
        KernelSpec.Install(folder["spec"], Path.Combine(AppContext.BaseDirectory, "deepnotes.dll"));
        var ports = FreePorts(2 * Sockets.Length);
        using var shell = Process.Start(StartInfo(Start(folder, "told", "$$", ports[..Sockets.Length]), Start(folder, "other", another, ports[Sockets.Length..])))!;
        var (told, other) = (ports[0], ports[Sockets.Length]);
        int[] kernels = [int.Parse((await shell.StandardOutput.ReadLineAsync())!), int.Parse((await shell.StandardOutput.ReadLineAsync())!)];
        try
        {
            await Eventually.True(() => Listens(told) && Listens(other), () => File.ReadAllText(folder["told.log"]) + File.ReadAllText(folder["other.log"]));

            shell.StandardInput.Close();
            await shell.WaitForExitAsync();

            await Eventually.True(() => !Listens(told), () => "the kernel still listens");
            Assert.True(Listens(other));
        }
        finally
        {
            Array.ForEach(kernels, Kill);
        }
    }

    private static ProcessStartInfo StartInfo(params string[] kernels) => new("sh", ["-c", string.Join(' ', [.. kernels, "read end"])])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        Environment = { ["DOTNET_EnableDiagnostics"] = "0" }, // a process that is killed leaves the pipes of its debugger
    };

    // As front ends start it.
    private static string Start(TemporaryFolder folder, string name, string parent, int[] ports)
    {
        var connectionFile = folder[$"{name}.json"];
        File.WriteAllText(
            connectionFile, new JsonObject(Sockets.Zip(ports, (socket, port) => KeyValuePair.Create<string, JsonNode?>(socket, port))).ToJsonString());
        var arguments = JsonNode.Parse(File.ReadAllText(Path.Combine(folder["spec"], "kernel.json")))!["argv"]!.AsArray();
        var command = string.Join(' ', arguments.Select(argument => $"'{argument}'")).Replace("{connection_file}", connectionFile, StringComparison.Ordinal);
        return $"JPY_PARENT_PID={parent} {command} > '{folder[$"{name}.log"]}' 2>&1 & echo $!;";
    }

    private static bool Listens(int port)
    {
        using var client = new TcpClient();
        try
        {
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill(entireProcessTree: true);
        }
        catch (ArgumentException)
        {
            // It has ended.
        }
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
