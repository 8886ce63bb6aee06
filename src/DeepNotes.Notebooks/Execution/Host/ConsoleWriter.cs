using System.Text;

namespace DeepNotes.Notebooks.Execution;

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
