using System.Buffers.Binary;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>A frame: a part of a message, or a command.</summary>
internal readonly record struct Frame(byte[] Body, bool HasMore, bool IsCommand)
{
    public const byte More = 1;
    public const byte Long = 2;
    public const byte Command = 4;
    private const int MaxShortLength = 255;

    /// <summary>Encodes a message for the wire.</summary>
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

    /// <summary>Encodes a command for the wire.</summary>
    public static byte[] EncodeCommand(byte[] body)
    {
        var bytes = new byte[HeaderLength(body.Length) + body.Length];
        Write(bytes, body, Command);
        return bytes;
    }

    private static int HeaderLength(int body) => body <= MaxShortLength ? 2 : 9;

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

/// <summary>Reads frames and messages from an untrusted peer.</summary>
internal sealed class FrameReader(Stream stream, ZmtpLimits limits)
{
    // The buffer of a long frame grows as bytes arrive, because the announced length is not trusted.
    private const int FirstBuffer = 64 << 10;

    private readonly byte[] _header = new byte[9];

    /// <summary>Reads the frames of the next message and passes commands to <paramref name="command"/>; null once the peer has closed the connection.</summary>
    /// <exception cref="ZmtpException">A frame is malformed or exceeds a limit.</exception>
    public async Task<IReadOnlyList<byte[]>?> ReadMessageAsync(Action<byte[]> command, CancellationToken cancellation)
    {
        var parts = new List<byte[]>();
        var remaining = limits.MaxMessageBytes;
        while (await ReadAsync(remaining, cancellation).ConfigureAwait(false) is { } frame)
        {
            if (frame.IsCommand)
            {
                command(frame.Body);
                continue;
            }

            parts.Add(frame.Body);
            remaining -= frame.Body.Length;
            if (!frame.HasMore)
            {
                return parts;
            }

            if (parts.Count == limits.MaxMessageFrames)
            {
                throw new ZmtpException($"message: expected at most {limits.MaxMessageFrames} frames.");
            }
        }

        return null;
    }

    /// <summary>Reads the next frame; null once the peer has closed the connection.</summary>
    public async Task<Frame?> ReadAsync(long maxBytes, CancellationToken cancellation)
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
        return length <= (ulong)maxBytes
            ? new Frame(await ReadBodyAsync((int)length, cancellation).ConfigureAwait(false), (flags & Frame.More) != 0, isCommand)
            : throw new ZmtpException($"frame: expected at most {maxBytes} more bytes, got a length of {length}.");
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
