using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>The connection file of a front end: the ports of the kernel, and the key that signs messages.</summary>
/// <param name="Address">The loopback address to listen on.</param>
/// <param name="Key">The signing key; empty for none.</param>
public sealed record ConnectionFile(IPAddress Address, string Key, int ShellPort, int ControlPort, int StdinPort, int IoPubPort, int HeartbeatPort)
{
    private static readonly JsonDocumentOptions ReaderOptions = new() { AllowDuplicateProperties = false };

    /// <exception cref="FormatException">The file is invalid or not supported by this kernel.</exception>
    public static ConnectionFile Load(string path)
    {
        try
        {
            return Read(JsonNode.Parse(File.ReadAllText(path), documentOptions: ReaderOptions) as JsonObject ?? throw new FormatException("expected a JSON object."));
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            throw new FormatException($"{path}: {error.Message}", error);
        }
    }

    private static ConnectionFile Read(JsonObject json)
    {
        Expect(json, "transport", "tcp");
        Expect(json, "signature_scheme", "hmac-sha256");
        var ip = json.Text("ip", "127.0.0.1");
        if (!IPAddress.TryParse(ip == "localhost" ? "127.0.0.1" : ip, out var address) || !IPAddress.IsLoopback(address))
        {
            throw new FormatException($"ip: expected a loopback address (127.0.0.1), got '{ip}'; the kernel runs any code that it receives, so it listens on this machine only.");
        }

        return new ConnectionFile(
            address, json.Text("key"), Port(json, "shell_port"), Port(json, "control_port"), Port(json, "stdin_port"), Port(json, "iopub_port"), Port(json, "hb_port"));
    }

    private static void Expect(JsonObject json, string name, string expected)
    {
        if (json.Text(name, expected) is var actual && actual != expected)
        {
            throw new FormatException($"{name}: expected {expected}, got '{actual}'.");
        }
    }

    private static int Port(JsonObject json, string name) => json.Number(name) is { } port and >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort
        ? port
        : throw new FormatException($"{name}: expected a port number.");
}
