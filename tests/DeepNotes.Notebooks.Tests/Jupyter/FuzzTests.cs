using System.Text;
using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Jupyter;

namespace DeepNotes.Notebooks.Tests.Jupyter;

/// <summary>
/// Corrupt input to the readers of network data: each returns a value or throws its documented exception.
/// DEEPNOTES_FUZZ sets the number of inputs.
/// </summary>
public class FuzzTests
{
    private static readonly int Inputs = int.Parse(Environment.GetEnvironmentVariable("DEEPNOTES_FUZZ") ?? "5000");

    private static readonly byte[][] Message =
    [
        "identity"u8.ToArray(), "<IDS|MSG>"u8.ToArray(), [], Encoding.UTF8.GetBytes(RawFrontEnd.Header("execute_request", "1")), "{}"u8.ToArray(), "{}"u8.ToArray(),
        """{"code":"1 + 1","silent":false,"user_expressions":{"a":"é\ud835\udc65"},"cursor_pos":3}"""u8.ToArray(),
    ];

    [Fact]
    public async Task Frames()
    {
        var random = new Random(1);
        var limits = new ZmtpLimits { MaxMessageBytes = 10_000, MaxMessageFrames = 16 };
        byte[] wire = [.. RawPeer.Command("PING", [0, 1]), .. Frame.Encode(Message), .. Frame.Encode([new byte[300], [1]])];
        for (var i = 0; i < Inputs; i++)
        {
            using var stream = new MemoryStream(Damage(wire, random));
            var reader = new FrameReader(stream, limits);
            var messages = 0;
            try
            {
                while (await reader.ReadMessageAsync(body => ZmtpCommand.Parse(body).Properties(), CancellationToken.None) is { } message)
                {
                    Assert.InRange(message.Sum(part => part.Length), 0, limits.MaxMessageBytes);
                    messages++;
                }
            }
            catch (IOException)
            {
                // The documented exception for bytes that are not frames.
            }

            Assert.InRange(messages, 0, wire.Length + 16);
        }
    }

    [Fact]
    public void Messages()
    {
        var random = new Random(2);
        var unsigned = new MessageFormat(new MessageSignature(""), "session");
        var signed = new MessageFormat(new MessageSignature("key"), "session");
        var read = 0;
        for (var i = 0; i < Inputs; i++)
        {
            var damaged = Message.ToArray();
            var part = random.Next(damaged.Length);
            damaged[part] = Damage(damaged[part], random);
            if (random.Next(8) == 0)
            {
                damaged = damaged[..random.Next(damaged.Length)];
            }

            Assert.Throws<FormatException>(() => signed.Read(damaged));
            try
            {
                var message = unsigned.Read(damaged);
                _ = (message.Type, message.Content.Text("code"), message.Content.Flag("silent"), message.Content.Number("cursor_pos"), message.Content.Fields("user_expressions").Count);
                Assert.NotNull(JsonNode.Parse(message.Header.ToJsonString()));
                read++;
            }
            catch (FormatException)
            {
                // The documented exception for frames that are not a message.
            }
        }

        Assert.InRange(read, 1, Inputs - 1);
    }

    private static byte[] Damage(byte[] bytes, Random random)
    {
        var damaged = bytes.ToList();
        for (var change = random.Next(1, 5); change > 0; change--)
        {
            var place = random.Next(damaged.Count + 1);
            switch (random.Next(4))
            {
                case 0:
                    damaged.Insert(place, (byte)random.Next(256));
                    break;
                case 1 when place < damaged.Count:
                    damaged[place] = (byte)random.Next(256);
                    break;
                case 2 when place < damaged.Count:
                    damaged[place] ^= (byte)(1 << random.Next(8));
                    break;
                case 3:
                    damaged.RemoveRange(place, random.Next(damaged.Count - place + 1));
                    break;
            }
        }

        return [.. damaged];
    }
}
