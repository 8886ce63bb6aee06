using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Jupyter;

/// <summary>The peer of a ZMTP connection, implemented from the specification independently of the kernel's code.</summary>
internal sealed class RawPeer : IDisposable
{
    private readonly TcpClient _client = new();
    private readonly NetworkStream _stream;

    public RawPeer(int port)
    {
        _client.Connect("127.0.0.1", port);
        _stream = _client.GetStream();
        _stream.ReadTimeout = (int)Eventually.Limit.TotalMilliseconds;
    }

    /// <summary>The greeting of libzmq: version 3.1, mechanism NULL, client.</summary>
    public static byte[] Greeting => [0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 3, 1, .. "NULL"u8, .. new byte[16], 0, .. new byte[31]];

    public static RawPeer Connect(int port, string socketType, string identity = "")
    {
        var peer = new RawPeer(port);
        peer.Write(Greeting);
        peer.Read(64);
        peer.Write(Command("READY", [.. Property("Socket-Type", socketType), .. Property("Identity", identity)]));
        peer.ReadFrame();
        return peer;
    }

    public static byte[] Command(string name, byte[] data)
    {
        byte[] body = [(byte)name.Length, .. Encoding.ASCII.GetBytes(name), .. data];
        return [4, (byte)body.Length, .. body];
    }

    public static byte[] Property(string name, string value) =>
        [(byte)name.Length, .. Encoding.ASCII.GetBytes(name), 0, 0, 0, (byte)value.Length, .. Encoding.ASCII.GetBytes(value)];

    public static byte[] Frame(byte[] body, bool more = false)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(length, body.Length);
        return body.Length > 255 ? [(byte)(more ? 3 : 2), .. length, .. body] : [(byte)(more ? 1 : 0), (byte)body.Length, .. body];
    }

    public void Write(byte[] bytes) => _stream.Write(bytes);

    public void Send(params byte[][] frames) => Write([.. frames.SelectMany((frame, i) => Frame(frame, i < frames.Length - 1))]);

    public void Send(params string[] frames) => Send([.. frames.Select(Encoding.UTF8.GetBytes)]);

    public byte[] Read(int count)
    {
        var bytes = new byte[count];
        _stream.ReadExactly(bytes);
        return bytes;
    }

    public (byte Flags, byte[] Body) ReadFrame()
    {
        var flags = Read(1)[0];
        var length = (flags & 2) != 0 ? (int)BinaryPrimitives.ReadInt64BigEndian(Read(8)) : Read(1)[0];
        return (flags, Read(length));
    }

    public byte[][] Receive()
    {
        var frames = new List<byte[]>();
        while (true)
        {
            var (flags, body) = ReadFrame();
            frames.Add(body);
            if ((flags & 1) == 0)
            {
                return [.. frames];
            }
        }
    }

    public string[] ReceiveText() => [.. Receive().Select(Encoding.UTF8.GetString)];

    /// <summary>Whether the kernel closes the connection within the read timeout.</summary>
    public bool IsClosed()
    {
        try
        {
            while (_stream.Read(new byte[4096]) > 0)
            {
            }

            return true;
        }
        catch (IOException error)
        {
            return error.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.ConnectionAborted };
        }
    }

    public void Dispose() => _client.Dispose();
}
