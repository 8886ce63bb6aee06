using System.Buffers.Binary;

namespace DeepNotes.Notebooks.Jupyter;

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
