using System.Net;
using System.Text;
using DeepNotes.Notebooks.Jupyter;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Jupyter.Zmtp;

public sealed class SocketTests : IDisposable
{
    private static readonly ZmtpLimits Limits = new()
    {
        MaxMessageBytes = 1000,
        MaxMessageFrames = 8,
        MaxQueuedBytes = 1 << 20,
        SendTimeout = Eventually.Limit,
        HandshakeTimeout = Eventually.Limit,
        MaxConnections = 50,
    };

    // For tests of peers that stop: long enough not to affect slow ones.
    private static readonly ZmtpLimits Impatient = Limits with { SendTimeout = TimeSpan.FromSeconds(2), HandshakeTimeout = TimeSpan.FromSeconds(2) };

    private readonly HeartbeatSocket _echo = new(Any(), Limits);
    private readonly PublisherSocket _publisher = new(Any(), Limits);

    public static TheoryData<string, byte[]> BadBytes => new()
    {
        { "another protocol", Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" + new string(' ', 64)) },
        { "ZMTP 2", [.. RawPeer.Greeting[..10], 1, .. RawPeer.Greeting[11..]] },
        { "another mechanism", [.. RawPeer.Greeting[..12], .. "PLAIN"u8, .. new byte[47]] },
        { "a message for READY", [.. RawPeer.Greeting, 0, 1, 1] },
        { "another command", [.. RawPeer.Greeting, .. RawPeer.Command("HELLO", [])] },
        { "an empty command", [.. RawPeer.Greeting, 4, 0] },
        { "a name beyond the command", [.. RawPeer.Greeting, 4, 2, 9, 1] },
        { "no socket type", [.. RawPeer.Greeting, .. RawPeer.Command("READY", [])] },
        { "the wrong socket type", [.. RawPeer.Greeting, .. RawPeer.Command("READY", RawPeer.Property("Socket-Type", "SUB"))] },
        { "a property beyond the end", [.. RawPeer.Greeting, .. RawPeer.Command("READY", [3, 65, 66, 67, 0xFF, 0xFF, 0xFF, 0xFF])] },
        { "reserved flags", [.. Ready, 0x80, 1, 1] },
        { "a command with more", [.. Ready, 5, 1, 1] },
        { "a frame too long", [.. Ready, 2, 0, 0, 0, 0, 0, 0, 3, 0xE9] },
        { "a length beyond all memory", [.. Ready, 2, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF] },
        { "a negative length", [.. Ready, 2, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF] },
        { "a message too long", [.. Ready, .. RawPeer.Frame(new byte[600], more: true), .. RawPeer.Frame(new byte[600])] },
        { "too many frames", [.. Ready, .. Enumerable.Repeat<byte[]>([1, 0], 9).SelectMany(frame => frame)] },
        { "an error", [.. Ready, .. RawPeer.Command("ERROR", [0])] },
    };

    private static byte[] Ready => [.. RawPeer.Greeting, .. RawPeer.Command("READY", RawPeer.Property("Socket-Type", "REQ"))];

    [Theory]
    [InlineData(30)]
    [InlineData(64)]
    public async Task A_peer_that_stops_during_the_handshake_is_disconnected(int bytes)
    {
        await using var impatient = new HeartbeatSocket(Any(), Impatient);
        using var peer = new RawPeer(impatient.Port);
        peer.Write(RawPeer.Greeting[..bytes]);

        Assert.True(peer.IsClosed());
    }

    [Theory]
    [MemberData(nameof(BadBytes))]
    public void A_faulty_peer_is_disconnected_and_others_are_served(string what, byte[] bytes)
    {
        using var bad = new RawPeer(_echo.Port);
        bad.Write(bytes);

        Assert.True(bad.IsClosed(), what);
        using var good = RawPeer.Connect(_echo.Port, "REQ");
        good.Send("", "still here");
        Assert.Equal(["", "still here"], good.ReceiveText());
    }

    [Fact]
    public void The_greeting_is_sent_immediately()
    {
        using var peer = new RawPeer(_echo.Port);

        Assert.Equal([0xFF, 0, 0, 0, 0, 0, 0, 0, 0, 0x7F, 3, 0, .. "NULL"u8, .. new byte[48]], peer.Read(64));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(1000)]
    public void Frames_of_every_length_are_echoed(int length)
    {
        using var peer = RawPeer.Connect(_echo.Port, "REQ");
        var body = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();

        peer.Send([], body);

        Assert.Equal([[], body], peer.Receive());
    }

    [Fact]
    public void The_long_form_is_accepted_for_a_short_body()
    {
        using var peer = RawPeer.Connect(_echo.Port, "REQ");

        peer.Write([2, 0, 0, 0, 0, 0, 0, 0, 2, 7, 8]);

        Assert.Equal([[7, 8]], peer.Receive());
    }

    [Fact]
    public void PING_is_answered_with_its_context_and_unknown_commands_are_ignored()
    {
        using var peer = RawPeer.Connect(_echo.Port, "REQ");

        peer.Write([.. RawPeer.Command("NOVELTY", [1]), .. RawPeer.Command("PING", [0, 10, 65, 66])]);

        var (flags, body) = peer.ReadFrame();
        Assert.Equal(4, flags);
        Assert.Equal([4, .. "PONG"u8, 65, 66], body);
    }

    [Fact]
    public void Closed_connections_do_not_count()
    {
        for (var i = 0; i < 100; i++)
        {
            using var probe = new RawPeer(_echo.Port);
            probe.Write(RawPeer.Greeting[..(i % 64)]);
        }

        using var peer = RawPeer.Connect(_echo.Port, "REQ");
        peer.Send("beat");
        Assert.Equal(["beat"], peer.ReceiveText());
    }

    [Fact]
    public void Connections_beyond_the_limit_are_closed_immediately()
    {
        var peers = Enumerable.Range(0, Limits.MaxConnections).Select(_ => RawPeer.Connect(_echo.Port, "REQ")).ToArray();

        using (var more = new RawPeer(_echo.Port))
        {
            Assert.True(more.IsClosed());
        }

        peers[7].Send("beat");
        Assert.Equal(["beat"], peers[7].ReceiveText());
        Array.ForEach(peers, peer => peer.Dispose());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_subscriber_receives_messages_that_begin_with_its_topic(bool asMessage)
    {
        using var peer = RawPeer.Connect(_publisher.Port, "SUB");
        peer.Write(asMessage ? [0, 4, 1, .. "str"u8] : RawPeer.Command("SUBSCRIBE", [.. "str"u8]));
        await WaitForSubscriptionAsync(peer);

        Publish("status", "stream", "str", "st");
        Assert.Equal([["stream"], ["str"]], [peer.ReceiveText(), peer.ReceiveText()]);

        peer.Write(asMessage ? [0, 4, 0, .. "str"u8, 0, 4, 1, .. "sta"u8] : [.. RawPeer.Command("CANCEL", [.. "str"u8]), .. RawPeer.Command("SUBSCRIBE", [.. "sta"u8])]);
        await WaitForSubscriptionAsync(peer);
        Publish("stream", "status");
        Assert.Equal(["status"], peer.ReceiveText());
    }

    [Fact]
    public async Task A_subscriber_that_stops_reading_is_disconnected_and_the_others_receive_everything()
    {
        await using var publisher = new PublisherSocket(Any(), Impatient);
        using var stopped = RawPeer.Connect(publisher.Port, "SUB");
        using var reading = RawPeer.Connect(publisher.Port, "SUB");
        foreach (var peer in new[] { stopped, reading })
        {
            peer.Write([0, 1, 1]);
            await WaitForSubscriptionAsync(peer);
        }

        const int Count = 200;
        var received = Task.Run(() => Enumerable.Range(0, Count).Select(_ => reading.Receive()[0][0]).ToArray());
        for (var i = 0; i < Count; i++)
        {
            publisher.Publish([[(byte)i], new byte[200_000]]);
        }

        Assert.Equal(Enumerable.Range(0, Count).Select(i => (byte)i), await received);
        Assert.True(stopped.IsClosed());
    }

    [Fact]
    public async Task A_slow_subscriber_loses_nothing()
    {
        using var peer = RawPeer.Connect(_publisher.Port, "SUB");
        peer.Write([0, 1, 1]);
        await WaitForSubscriptionAsync(peer);

        var received = Task.Run(() =>
        {
            var sizes = new List<int>();
            for (var i = 0; i < 20; i++)
            {
                Thread.Sleep(20);
                sizes.Add(peer.Receive()[1].Length);
            }

            return sizes;
        });
        for (var i = 0; i < 20; i++)
        {
            _publisher.Publish([[1], new byte[2_000_000]]);
        }

        Assert.All(await received, size => Assert.Equal(2_000_000, size));
    }

    [Fact]
    public void Only_loopback_addresses_are_accepted()
    {
        var error = Assert.Throws<ArgumentException>(() => new HeartbeatSocket(new IPEndPoint(IPAddress.Any, 0), Limits));

        Assert.StartsWith("REP: expected a loopback address, got 0.0.0.0.", error.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _echo.DisposeAsync().AsTask().Wait();
        _publisher.DisposeAsync().AsTask().Wait();
    }

    private static IPEndPoint Any() => new(IPAddress.Loopback, 0);

    private void Publish(params string[] topics)
    {
        foreach (var topic in topics)
        {
            _publisher.Publish([Encoding.ASCII.GetBytes(topic)]);
        }
    }

    // Commands are handled in order: once PING is answered, the subscription before it is active.
    private static async Task WaitForSubscriptionAsync(RawPeer peer)
    {
        peer.Write(RawPeer.Command("PING", [0, 1]));
        await Task.Run(peer.ReadFrame);
    }
}
