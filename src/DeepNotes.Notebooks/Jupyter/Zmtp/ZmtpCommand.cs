using System.Buffers.Binary;
using System.Text;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>The body of a command: its name and data.</summary>
internal readonly record struct ZmtpCommand(string Name, byte[] Data)
{
    public const string Ready = "READY";
    public const string Error = "ERROR";
    public const string Ping = "PING";
    public const string Pong = "PONG";
    public const string Subscribe = "SUBSCRIBE";
    public const string Cancel = "CANCEL";

    /// <exception cref="ZmtpException">The name is longer than the command.</exception>
    public static ZmtpCommand Parse(byte[] body) => body.Length > 0 && body.Length > body[0]
        ? new ZmtpCommand(Encoding.ASCII.GetString(body, 1, body[0]), body[(1 + body[0])..])
        : throw new ZmtpException("command: expected a name.");

    public byte[] Encode() => [(byte)Name.Length, .. Encoding.ASCII.GetBytes(Name), .. Data];

    /// <summary>A READY command with the type of this socket.</summary>
    public static ZmtpCommand CreateReady(string socketType) => new(Ready, [.. Property("Socket-Type", socketType)]);

    /// <summary>The properties of READY; names are case-insensitive.</summary>
    /// <exception cref="ZmtpException">A length exceeds the remaining data.</exception>
    public Dictionary<string, byte[]> Properties()
    {
        var properties = new Dictionary<string, byte[]>(StringComparer.OrdinalIgnoreCase);
        ReadOnlySpan<byte> rest = Data;
        while (rest.Length > 0)
        {
            var name = Encoding.ASCII.GetString(Take(ref rest, Take(ref rest, 1)[0]));
            var length = BinaryPrimitives.ReadUInt32BigEndian(Take(ref rest, 4));
            properties[name] = Take(ref rest, length).ToArray();
        }

        return properties;
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest, uint length)
    {
        if (length > rest.Length)
        {
            throw new ZmtpException($"READY: expected {length} more bytes, got {rest.Length}.");
        }

        var taken = rest[..(int)length];
        rest = rest[(int)length..];
        return taken;
    }

    private static byte[] Property(string name, string value)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
        return [(byte)name.Length, .. Encoding.ASCII.GetBytes(name), .. length, .. Encoding.ASCII.GetBytes(value)];
    }
}
