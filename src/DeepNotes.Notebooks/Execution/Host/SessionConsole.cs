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
