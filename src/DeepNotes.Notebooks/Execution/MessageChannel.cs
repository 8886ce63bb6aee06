using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepNotes.Notebooks.Execution;

/// <summary>JSON messages over a pair of pipes: a four-byte length (little endian), then UTF-8.</summary>
internal sealed class MessageChannel(Stream input, Stream output) : IDisposable
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock _sending = new();

    /// <exception cref="IOException">The other side has closed the pipe.</exception>
    public void Send(JsonObject message)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        buffer.Advance(WriteLength(buffer.GetSpan(4), 0));
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            message.WriteTo(writer);
        }

        var bytes = System.Runtime.InteropServices.MemoryMarshal.AsMemory(buffer.WrittenMemory).Span;
        WriteLength(bytes, bytes.Length - 4);
        lock (_sending)
        {
            output.Write(bytes);
            output.Flush();
        }
    }

    /// <summary>The next message; null once the other side has closed its end.</summary>
    public JsonObject? Receive()
    {
        if (ReceiveBytes() is { } bytes)
        {
            return (JsonObject)JsonNode.Parse(bytes)!;
        }

        input.Dispose();
        return null;
    }

    /// <summary>
    /// Closes the outgoing pipe, so that the other side ends. The receiving thread reads until the other side closes its end and
    /// then disposes of the incoming pipe: closing a pipe during a read blocks until the last process that writes to it has ended.
    /// </summary>
    public void Dispose() => output.Dispose();

    private byte[]? ReceiveBytes()
    {
        Span<byte> length = stackalloc byte[4];
        try
        {
            if (input.ReadAtLeast(length, 4, throwOnEndOfStream: false) < 4)
            {
                return null;
            }

            var bytes = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
            return input.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length ? null : bytes;
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            return null;
        }
    }

    private static int WriteLength(Span<byte> bytes, int length)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
        return 4;
    }
}
