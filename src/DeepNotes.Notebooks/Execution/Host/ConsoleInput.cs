namespace DeepNotes.Notebooks.Execution;

/// <summary>Console.In of the cells: each line is requested from the front end.</summary>
internal sealed class ConsoleInput(Outbox outbox) : TextReader
{
    private readonly object _gate = new();
    private string _rest = "";
    private string? _answer;
    private int _asked;
    private int _answered;

    /// <summary>Whether a read of the cell was answered with the end of input.</summary>
    public bool WasRefused { get; set; }

    /// <summary>Delivers the requested line, or null for the end of input; an answer to an abandoned request is dropped.</summary>
    public void Answer(int number, string? line)
    {
        lock (_gate)
        {
            if (number == _asked)
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
            var number = ++_asked;
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
