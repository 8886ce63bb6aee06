using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using DeepNotes.Cli.Tests.Support;

namespace DeepNotes.Cli.Tests.Commands;

public sealed class KernelCommandTests : IDisposable
{
    private readonly TestRepository _repository = new();

    private string Folder => _repository.In("env", "share", "jupyter", "kernels", "deepnotes");

    [Fact]
    public async Task Install_writes_a_kernelspec_and_uninstall_removes_it()
    {
        var (code, output, _) = await _repository.RunAsync("kernel", "install", "--prefix", "env");

        Assert.Equal(0, code);
        Assert.StartsWith($"Installed: {Folder}", output, StringComparison.Ordinal);
        var spec = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "kernel.json")))!;
        var arguments = spec["argv"]!.AsArray().Select(argument => (string)argument!).ToArray();
        Assert.Equal(["exec", Path.Combine(AppContext.BaseDirectory, "deepnotes.dll"), "kernel", "run", "--connection-file", "{connection_file}"], arguments[1..]);
        Assert.True(File.Exists(arguments[0]), arguments[0]);
        Assert.Equal(("DeepNotes C#", "C#", "message"), ((string?)spec["display_name"], (string?)spec["language"], (string?)spec["interrupt_mode"]));
        Assert.Equal([137, 80, 78, 71], (await File.ReadAllBytesAsync(Path.Combine(Folder, "logo-64x64.png")))[..4]);

        Assert.Equal(0, (await _repository.RunAsync("kernel", "install", "--prefix", "env")).Code);
        Assert.Equal(0, (await _repository.RunAsync("kernel", "uninstall", "--prefix", "env")).Code);
        Assert.False(Directory.Exists(Folder));
        var (again, _, error) = await _repository.RunAsync("kernel", "uninstall", "--prefix", "env");
        Assert.Equal(1, again);
        Assert.Equal($"{Folder}: no kernel is installed here; `deepnotes kernel list` shows where it is.", error.TrimEnd());
    }

    [Fact]
    public async Task Uninstall_keeps_other_files()
    {
        await _repository.RunAsync("kernel", "install", "--prefix", "env");
        File.WriteAllText(Path.Combine(Folder, "kernel.js"), "");

        await _repository.RunAsync("kernel", "uninstall", "--prefix", "env");

        Assert.Equal(["kernel.js"], Directory.GetFileSystemEntries(Folder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("""{"transport":"ipc"}""", "transport: expected tcp, got 'ipc'")]
    [InlineData("""{"ip":"0.0.0.0"}""", "ip: expected a loopback address")]
    [InlineData("[]", "expected a JSON object")]
    [InlineData("", "kernel.json: ")]
    [InlineData("{\"shell_port\":", "kernel.json: ")]
    [InlineData("{\"ip\":\"127.0.0.1\",\"ip\":\"127.0.0.1\"}", "kernel.json: ")]
    [InlineData("{\"key\":\"\\ud800\"}", "kernel.json: ")]
    [InlineData("{\"shell_port\":70000}", "shell_port: expected a port number")]
    public async Task Run_rejects_an_invalid_or_unsupported_connection_file(string file, string expected)
    {
        File.WriteAllText(_repository.In("kernel.json"), file);

        var (code, _, error) = await _repository.RunAsync("kernel", "run", "--connection-file", "kernel.json");

        Assert.Equal(2, code);
        Assert.Contains(expected, Assert.Single(error.TrimEnd().Split('\n')));
    }

    [Fact]
    public async Task Run_reports_ports_in_use()
    {
        var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        File.WriteAllText(_repository.In("kernel.json"), $$"""{"shell_port":{{port}},"control_port":0,"stdin_port":0,"iopub_port":0,"hb_port":0}""");

        var (code, _, error) = await _repository.RunAsync("kernel", "run", "--connection-file", "kernel.json");

        taken.Stop();
        Assert.Equal(1, code);
        Assert.Contains("cannot listen on the ports of the connection file", Assert.Single(error.TrimEnd().Split('\n')));
    }

    [Fact]
    public async Task Install_reports_a_folder_that_cannot_be_written()
    {
        File.WriteAllText(_repository.In("env"), "a file, not a folder");

        var (code, _, error) = await _repository.RunAsync("kernel", "install", "--prefix", "env");

        Assert.Equal(1, code);
        Assert.Matches(@"cannot be written \(.*\); --prefix DIR installs in another folder\.", Assert.Single(error.TrimEnd().Split('\n')));
    }

    public void Dispose() => _repository.Dispose();
}
