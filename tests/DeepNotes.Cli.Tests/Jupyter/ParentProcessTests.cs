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

    [UnixTheory]
    [InlineData("$$", true)]
    [InlineData("1", false)]
    [InlineData("", false)]
    public async Task A_kernel_ends_with_the_server_that_it_was_told_of(string parent, bool ends)
    {
        using var folder = new TemporaryFolder();
        var ports = FreePorts(Sockets.Length);
        File.WriteAllText(
            folder["kernel.json"], new JsonObject(Sockets.Zip(ports, (name, port) => KeyValuePair.Create<string, JsonNode?>(name, port))).ToJsonString());
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c",
            $"JPY_PARENT_PID={parent} {Command(folder["spec"], folder["kernel.json"])} > '{folder["log"]}' 2>&1 & echo $!; read end"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var kernel = int.Parse((await shell.StandardOutput.ReadLineAsync())!);
        try
        {
            await Eventually.True(() => Listens(ports[0]), () => File.ReadAllText(folder["log"]));

            shell.StandardInput.Close();
            await shell.WaitForExitAsync();

            if (ends)
            {
                await Eventually.True(() => !Listens(ports[0]), () => "the kernel still listens");
            }
            else
            {
                // Nothing is to happen: twice the time after which a kernel looks for its server.
                await Task.Delay(2000);
                Assert.True(Listens(ports[0]));
            }
        }
        finally
        {
            Kill(kernel);
        }
    }

    // As front ends start it.
    private static string Command(string spec, string connectionFile)
    {
        KernelSpec.Install(spec, Path.Combine(AppContext.BaseDirectory, "deepnotes.dll"));
        var arguments = JsonNode.Parse(File.ReadAllText(Path.Combine(spec, "kernel.json")))!["argv"]!.AsArray();
        return string.Join(' ', arguments.Select(argument => $"'{argument}'")).Replace("{connection_file}", connectionFile, StringComparison.Ordinal);
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
