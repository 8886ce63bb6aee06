using System.Text;
using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Execution;

/// <summary>
/// The queue of messages from the session, sent in order by a dedicated thread, so that stopping a cell never leaves a
/// partial message. Console text is buffered briefly before it is sent, and truncated at a limit per cell.
/// </summary>
internal sealed class Outbox
{
    private const int FlushMilliseconds = 50;
    private const int FlushCharacters = 16 << 10;
    private const int MaxQueued = 256;

    private readonly object _gate = new();
    private readonly Queue<JsonObject> _ready = new();
    private readonly StringBuilder _text = new();
    private readonly List<StreamOutput> _late = [];
    private readonly MessageChannel _channel;
    private readonly int _consoleLimit;
    private string _stream = "stdout";
    private bool _cellRuns;
    private long _written;
    private bool _sending;

    public Outbox(MessageChannel channel, int consoleLimit)
    {
        _channel = channel;
        _consoleLimit = consoleLimit;
        new Thread(SendAll) { IsBackground = true, Name = "outbox" }.Start();
    }

    public void Send(JsonObject message)
    {
        lock (_gate)
        {
            Enqueue(message);
        }
    }

    /// <summary>Begins a cell, to which console text and displays now belong, including text written since the last cell ended.</summary>
    public void BeginCell()
    {
        lock (_gate)
        {
            FlushText();
            _cellRuns = true;
            _late.ForEach(text => Enqueue(Messages.ShowOutput(text)));
            _late.Clear();
        }
    }

    public void EndCell(JsonObject result)
    {
        lock (_gate)
        {
            FlushText();
            if (_written > _consoleLimit)
            {
                var dropped = _written - _consoleLimit;
                Enqueue(Messages.ShowOutput(new StreamOutput("stdout", $"\n… {dropped:N0} more characters of console text were dropped (limit {_consoleLimit:N0} per cell).\n")));
            }

            (_cellRuns, _written) = (false, 0);
            Enqueue(result);
        }
    }

    public void Write(string stream, ReadOnlySpan<char> text)
    {
        lock (_gate)
        {
            var room = (int)Math.Clamp(_consoleLimit - _written, 0, text.Length);
            _written += text.Length;
            if (room > 0)
            {
                Append(stream, text[..room]);
            }
        }
    }

    public void Show(CellOutput output)
    {
        lock (_gate)
        {
            if (_cellRuns)
            {
                FlushText();
                WaitForRoom();
                Enqueue(Messages.ShowOutput(output));
            }
        }
    }

    /// <summary>Sends a message of the running cell after what it has printed; false between cells.</summary>
    public bool SendFromCell(JsonObject message)
    {
        lock (_gate)
        {
            if (_cellRuns)
            {
                FlushText();
                Enqueue(message);
            }

            return _cellRuns;
        }
    }

    /// <summary>Waits until everything is sent, before the process ends.</summary>
    public void Drain(TimeSpan timeout)
    {
        var end = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        lock (_gate)
        {
            FlushText();
            while ((_ready.Count > 0 || _sending) && Environment.TickCount64 < end)
            {
                Monitor.Wait(_gate, 20);
            }
        }
    }

    private void Append(string stream, ReadOnlySpan<char> text)
    {
        if (stream != _stream)
        {
            FlushText();
            _stream = stream;
        }

        if (_text.Length == 0)
        {
            Monitor.PulseAll(_gate);
        }

        _text.Append(text);
        if (_text.Length >= FlushCharacters)
        {
            WaitForRoom();
            FlushText();
        }
    }

    // Text written between cells, by work that a cell left running, is shown in the next cell.
    private void FlushText()
    {
        if (_text.Length == 0)
        {
            return;
        }

        var text = new StreamOutput(_stream, _text.ToString());
        _text.Clear();
        if (_cellRuns)
        {
            Enqueue(Messages.ShowOutput(text));
        }
        else
        {
            _late.Add(text);
        }
    }

    private void Enqueue(JsonObject message)
    {
        _ready.Enqueue(message);
        Monitor.PulseAll(_gate);
    }

    // Back-pressure: a cell that produces faster than the other side reads is blocked, so that memory stays bounded.
    private void WaitForRoom()
    {
        while (_ready.Count >= MaxQueued)
        {
            Monitor.Wait(_gate);
        }
    }

    private void SendAll()
    {
        try
        {
            while (true)
            {
                _channel.Send(Next());
            }
        }
        catch (IOException)
        {
            // The pipe is closed; the receiving thread notices that, too, and ends the process.
        }
    }

    private JsonObject Next()
    {
        lock (_gate)
        {
            _sending = false;
            Monitor.PulseAll(_gate);
            while (_ready.Count == 0)
            {
                if (!Monitor.Wait(_gate, _text.Length > 0 ? FlushMilliseconds : Timeout.Infinite))
                {
                    FlushText();
                }
            }

            _sending = true;
            return _ready.Dequeue();
        }
    }
}
