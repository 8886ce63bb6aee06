using System.Net;
using System.Net.Sockets;

namespace DeepNotes.Tests.Data;

/// <summary>A mirror on the loopback interface that answers every request in the same way.</summary>
public sealed class LocalServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private int _requests;

    /// <param name="answer">Writes the answer; an exception closes the connection.</param>
    public LocalServer(Action<HttpListenerResponse> answer)
    {
        Address = new Uri($"http://127.0.0.1:{FreePort()}/");
        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _ = Task.Run(() => Serve(answer));
    }

    public Uri Address { get; }

    public int Requests => Volatile.Read(ref _requests);

    public static LocalServer Sending(byte[] content) => new(response =>
    {
        response.ContentLength64 = content.Length;
        response.OutputStream.Write(content);
    });

    public static LocalServer CuttingAfter(byte[] content, int received) => new(response =>
    {
        response.ContentLength64 = content.Length;
        response.OutputStream.Write(content, 0, received);
        response.OutputStream.Flush();
        response.Abort();
    });

    public static LocalServer Refusing(int status) => new(response => response.StatusCode = status);

    public static LocalServer Silent(CancellationToken end) => new(_ => end.WaitHandle.WaitOne());

    public void Dispose() => _listener.Close();

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private void Serve(Action<HttpListenerResponse> answer)
    {
        while (_listener.IsListening)
        {
            try
            {
                var response = _listener.GetContext().Response;
                Interlocked.Increment(ref _requests);
                answer(response);
                response.Close();
            }
            catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                // The test has ended or has closed the connection.
            }
        }
    }
}
