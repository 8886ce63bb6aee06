using System.Text;

namespace DeepNotes.Notebooks.Execution;

/// <summary>The console of the cells. A cell's own Console.SetOut ends with that cell: this console is installed again.</summary>
internal sealed class SessionConsole(Outbox outbox)
{
    private readonly TextWriter _out = TextWriter.Synchronized(new ConsoleWriter(outbox, "stdout"));
    private readonly TextWriter _error = TextWriter.Synchronized(new ConsoleWriter(outbox, "stderr"));

    public ConsoleInput Input { get; } = new(outbox);

    public void Install()
    {
        Console.SetIn(Input);
        Console.SetOut(_out);
        Console.SetError(_error);
    }
}

/// <summary>Console.Out or Console.Error of the cells.</summary>
internal sealed class ConsoleWriter(Outbox outbox, string stream) : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override string NewLine => "\n";

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        StopWhenAsked();
        outbox.Write(stream, buffer);
    }

    // One call per line, so that lines of several threads do not interleave.
    public override void WriteLine(string? value) => Write((value + "\n").AsSpan());

    public override void WriteLine(ReadOnlySpan<char> buffer) => Write(string.Concat(buffer, "\n"));

    // Stops a library that only prints, without aborting it.
    private static void StopWhenAsked()
    {
        if (CellInterrupt.Requested)
        {
            CellInterrupt.Throw();
        }
    }
}

/// <summary>Console.In of the cells: each line is requested from the front end.</summary>
internal sealed class ConsoleInput(Outbox outbox) : TextReader
{
    private readonly object _gate = new();
    private string _rest = "";
    private string? _answer;
    private int _lastQuestionId;
    private int _answered;

    /// <summary>Whether a read of the cell was answered with the end of input.</summary>
    public bool WasRefused { get; set; }

    /// <summary>Delivers the requested line, or null for the end of input; an answer to an abandoned request is dropped.</summary>
    public void Answer(int number, string? line)
    {
        lock (_gate)
        {
            if (number == _lastQuestionId)
            {
                _answer = line;
                _answered = number;
                Monitor.PulseAll(_gate);
            }
        }
    }

    public override int Peek() => Fill() ? _rest[0] : -1;

    public override int Read()
    {
        if (!Fill())
        {
            return -1;
        }

        var next = _rest[0];
        _rest = _rest[1..];
        return next;
    }

    public override string? ReadLine()
    {
        if (_rest.Length == 0)
        {
            return Ask();
        }

        var line = _rest.TrimEnd('\n');
        _rest = "";
        return line;
    }

    private bool Fill()
    {
        if (_rest.Length == 0 && Ask() is { } line)
        {
            _rest = line + "\n";
        }

        return _rest.Length > 0;
    }

    private string? Ask()
    {
        lock (_gate)
        {
            var number = ++_lastQuestionId;
            if (!outbox.SendFromCell(Messages.InputRequest(number)))
            {
                return null;
            }

            while (_answered != number)
            {
                Monitor.Wait(_gate);
            }

            WasRefused |= _answer is null;
            return _answer;
        }
    }
}
