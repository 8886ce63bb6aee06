using DeepNotes.Notebooks.Jupyter;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Jupyter;

public class ConnectionFileTests
{
    private const string Good =
        """{"shell_port":1,"iopub_port":2,"stdin_port":3,"control_port":4,"hb_port":5,"ip":"127.0.0.1","key":"k","transport":"tcp","signature_scheme":"hmac-sha256","kernel_name":"deepnotes"}""";

    [Fact]
    public void Ports_and_key_are_read()
    {
        var file = Load(Good);

        Assert.Equal((1, 2, 3, 4, 5), (file.ShellPort, file.IoPubPort, file.StdinPort, file.ControlPort, file.HeartbeatPort));
        Assert.Equal("k", file.Key);
    }

    [Theory]
    [InlineData("127.0.0.1", "0.0.0.0", "ip: expected a loopback address (127.0.0.1), got '0.0.0.0'")]
    [InlineData("127.0.0.1", "*", "got '*'")]
    [InlineData("127.0.0.1", "192.168.1.5", "got '192.168.1.5'")]
    [InlineData("\"tcp\"", "\"ipc\"", "transport: expected tcp, got 'ipc'")]
    [InlineData("hmac-sha256", "hmac-md5", "signature_scheme: expected hmac-sha256, got 'hmac-md5'")]
    [InlineData("\"hb_port\":5", "\"hb_port\":70000", "hb_port: expected a port number.")]
    [InlineData("\"shell_port\":1,", "", "shell_port: expected a port number.")]
    [InlineData("{", "", "kernel.json: ")]
    public void Unsupported_values_are_rejected(string part, string instead, string expected)
    {
        var error = Assert.Throws<FormatException>(() => Load(Good.Replace(part, instead, StringComparison.Ordinal)));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Localhost_is_the_loopback_address() => Assert.Equal("127.0.0.1", Load(Good.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)).Address.ToString());

    private static ConnectionFile Load(string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["kernel.json"], text);
        return ConnectionFile.Load(folder["kernel.json"]);
    }
}
