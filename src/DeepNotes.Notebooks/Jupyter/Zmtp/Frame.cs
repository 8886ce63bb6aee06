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

/// <summary>Reads frames and messages from a peer that is not trusted to keep to the protocol.</summary>
internal sealed class FrameReader(Stream stream, ZmtpLimits limits)
{
    // A peer that announces a long frame gets memory as its bytes arrive, not on its word.
    private const int FirstBuffer = 64 << 10;

    private readonly byte[] _header = new byte[9];

    /// <summary>The frames of the next message; commands on the way go to <paramref name="command"/>. Null when the peer has closed.</summary>
    /// <exception cref="ZmtpException">Malformed or beyond a limit.</exception>
    public async Task<IReadOnlyList<byte[]>?> ReadMessageAsync(Action<byte[]> command, CancellationToken cancellation)
    {
        var parts = new List<byte[]>();
        var room = limits.MessageBytes;
        while (await ReadAsync(room, cancellation).ConfigureAwait(false) is { } frame)
        {
            if (frame.IsCommand)
            {
                command(frame.Body);
                continue;
            }

            parts.Add(frame.Body);
            room -= frame.Body.Length;
            if (!frame.HasMore)
            {
                return parts;
            }

            if (parts.Count == limits.MessageFrames)
            {
                throw new ZmtpException($"message: expected at most {limits.MessageFrames} frames.");
            }
        }

        return null;
    }

    /// <summary>The next frame; null when the peer has closed.</summary>
    public async Task<Frame?> ReadAsync(long mostBytes, CancellationToken cancellation)
    {
        if (await stream.ReadAtLeastAsync(_header.AsMemory(0, 1), 1, throwOnEndOfStream: false, cancellation).ConfigureAwait(false) == 0)
        {
            return null;
        }

        var flags = _header[0];
        var isCommand = (flags & Frame.Command) != 0;
        if ((flags & ~(Frame.More | Frame.Long | Frame.Command)) != 0 || (isCommand && (flags & Frame.More) != 0))
        {
            throw new ZmtpException($"frame: unexpected flags {flags:X2}.");
        }

        var length = await ReadLengthAsync((flags & Frame.Long) != 0, cancellation).ConfigureAwait(false);
        return length <= (ulong)mostBytes
            ? new Frame(await ReadBodyAsync((int)length, cancellation).ConfigureAwait(false), (flags & Frame.More) != 0, isCommand)
            : throw new ZmtpException($"frame: expected at most {mostBytes} more bytes, got a length of {length}.");
    }

    private async ValueTask<ulong> ReadLengthAsync(bool isLong, CancellationToken cancellation)
    {
        var bytes = _header.AsMemory(1, isLong ? 8 : 1);
        await stream.ReadExactlyAsync(bytes, cancellation).ConfigureAwait(false);
        return isLong ? BinaryPrimitives.ReadUInt64BigEndian(bytes.Span) : bytes.Span[0];
    }

    private async ValueTask<byte[]> ReadBodyAsync(int length, CancellationToken cancellation)
    {
        var body = new byte[Math.Min(length, FirstBuffer)];
        for (var read = 0; ;)
        {
            await stream.ReadExactlyAsync(body.AsMemory(read), cancellation).ConfigureAwait(false);
            read = body.Length;
            if (read == length)
            {
                return body;
            }

            Array.Resize(ref body, (int)Math.Min(length, 2L * read));
        }
    }
}
