using System.Buffers.Binary;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>One frame: a part of a message, or a command.</summary>
internal readonly record struct Frame(byte[] Body, bool HasMore, bool IsCommand)
{
    public const byte More = 1;
    public const byte Long = 2;
    public const byte Command = 4;
    private const int MostShort = 255;

    /// <summary>A message as it goes over the wire.</summary>
    public static byte[] Encode(IReadOnlyList<byte[]> message)
    {
        var bytes = new byte[message.Sum(part => (long)HeaderLength(part.Length) + part.Length)];
        var position = 0;
        for (var i = 0; i < message.Count; i++)
        {
            position += Write(bytes.AsSpan(position), message[i], i < message.Count - 1 ? More : (byte)0);
        }

        return bytes;
    }

    /// <summary>A command as it goes over the wire.</summary>
    public static byte[] EncodeCommand(byte[] body)
    {
        var bytes = new byte[HeaderLength(body.Length) + body.Length];
        Write(bytes, body, Command);
        return bytes;
    }

    private static int HeaderLength(int body) => body <= MostShort ? 2 : 9;

    private static int Write(Span<byte> bytes, byte[] body, byte flags)
    {
        var header = HeaderLength(body.Length);
        if (header == 2)
        {
            bytes[0] = flags;
            bytes[1] = (byte)body.Length;
        }
        else
        {
            bytes[0] = (byte)(flags | Long);
            BinaryPrimitives.WriteInt64BigEndian(bytes[1..], body.Length);
        }

        body.CopyTo(bytes[header..]);
        return header + body.Length;
    }
}
