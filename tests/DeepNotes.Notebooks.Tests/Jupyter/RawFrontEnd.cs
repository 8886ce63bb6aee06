using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Jupyter;

namespace DeepNotes.Notebooks.Tests.Jupyter;

/// <summary>A front end on raw TCP: signs and sends requests, receives replies and published messages.</summary>
internal sealed class RawFrontEnd : IDisposable
{
    public const string Key = "a key";

    private readonly RawPeer _shell;
    private readonly RawPeer _control;
    private readonly RawPeer _stdin;
    private readonly RawPeer _ioPub;

    public RawFrontEnd(ConnectionFile file, string identity = "front end")
    {
        _shell = RawPeer.Connect(file.ShellPort, "DEALER", identity);
        _control = RawPeer.Connect(file.ControlPort, "DEALER", identity);
        _stdin = RawPeer.Connect(file.StdinPort, "DEALER", identity);
        _ioPub = RawPeer.Connect(file.IoPubPort, "SUB");
        _ioPub.Write([0, 1, 1, .. RawPeer.Command("PING", [0, 1])]);
        _ioPub.ReadFrame();
    }

    public static string Header(string type, string id) =>
        $$"""{"msg_id":"{{id}}","msg_type":"{{type}}","session":"s","username":"u","date":"2024-01-01T00:00:00Z","version":"5.3"}""";

    public static string Sign(params string[] parts) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), Encoding.UTF8.GetBytes(string.Concat(parts))));

    /// <summary>The frames of a signed message.</summary>
    /// <param name="type">The message type, for example "execute_request".</param>
    /// <param name="content">The content of the message.</param>
    /// <param name="id">The id of the message; null for a new one.</param>
    /// <param name="parent">The parent header as JSON.</param>
    public static string[] Message(string type, JsonObject content, string? id = null, string parent = "{}")
    {
        string[] parts = [Header(type, id ?? Guid.NewGuid().ToString()), parent, "{}", content.ToJsonString()];
        return ["<IDS|MSG>", Sign(parts), .. parts];
    }

    /// <summary>Sends frames unchanged.</summary>
    public void SendRaw(string[] frames, bool onControl = false) => (onControl ? _control : _shell).Send(frames);

    public string Send(string type, JsonObject content, bool onControl = false)
    {
        var id = Guid.NewGuid().ToString();
        SendRaw(Message(type, content, id), onControl);
        return id;
    }

    public (string Type, string Parent, JsonObject Content) Reply(bool onControl = false) => Read(onControl ? _control : _shell);

    public (string Type, string Parent, JsonObject Content) Published() => Read(_ioPub);

    /// <summary>Waits for an input request and replies; returns the id of the request.</summary>
    public string AnswerInput(string value, string parent = "{}")
    {
        var question = NextQuestion();
        SendInput(InputReply(value, parent));
        return question;
    }

    /// <summary>Waits for an input request; returns its id.</summary>
    public string NextQuestion()
    {
        var (type, id, _, _) = Receive(_stdin);
        Assert.Equal("input_request", type);
        return id;
    }

    public static string[] InputReply(string value, string parent = "{}") => Message("input_reply", new JsonObject { ["value"] = value }, parent: parent);

    /// <summary>Sends frames unchanged on the stdin channel.</summary>
    public void SendInput(string[] frames) => _stdin.Send(frames);

    /// <summary>Sends a request; returns the reply and all messages published for it, as "type" or "type: text".</summary>
    public (JsonObject Reply, List<string> Published) Ask(string type, JsonObject content, bool onControl = false)
    {
        var id = Send(type, content, onControl);
        return (Reply(onControl).Content, PublishedFor(id));
    }

    public (JsonObject Reply, List<string> Published) Execute(string code, JsonObject? options = null)
    {
        var content = options ?? [];
        content["code"] = code;
        return Ask("execute_request", content);
    }

    public List<string> PublishedFor(string id)
    {
        var published = new List<string>();
        while (true)
        {
            var (type, parent, content) = Published();
            if (parent == id)
            {
                published.Add($"{type} {Describe(type, content)}".TrimEnd());
                if (published[^1] == "status idle")
                {
                    return published;
                }
            }
        }
    }

    /// <summary>The next text printed by the cell of a request.</summary>
    public string NextStream(string id)
    {
        while (true)
        {
            var (type, parent, content) = Published();
            if (type == "stream" && parent == id)
            {
                return (string)content["text"]!;
            }
        }
    }

    public void Dispose()
    {
        _shell.Dispose();
        _control.Dispose();
        _stdin.Dispose();
        _ioPub.Dispose();
    }

    private static string Describe(string type, JsonObject content) => type switch
    {
        "status" => (string)content["execution_state"]!,
        "stream" => $"{content["name"]}: {content["text"]}".TrimEnd(),
        "error" => (string)content["evalue"]!,
        "execute_input" => $"{content["execution_count"]}",
        _ => (string?)content["data"]?["text/plain"] ?? "",
    };

    private static (string Type, string Parent, JsonObject Content) Read(RawPeer peer)
    {
        var (type, _, parent, content) = Receive(peer);
        return (type, parent, content);
    }

    private static (string Type, string Id, string Parent, JsonObject Content) Receive(RawPeer peer)
    {
        var frames = peer.ReceiveText();
        var delimiter = Array.IndexOf(frames, "<IDS|MSG>");
        Assert.Equal(Sign(frames[(delimiter + 2)..(delimiter + 6)]), frames[delimiter + 1]);
        return (
            (string)JsonNode.Parse(frames[delimiter + 2])!["msg_type"]!,
            (string)JsonNode.Parse(frames[delimiter + 2])!["msg_id"]!,
            (string?)JsonNode.Parse(frames[delimiter + 3])!["msg_id"] ?? "",
            (JsonObject)JsonNode.Parse(frames[delimiter + 5])!);
    }
}
