namespace DeepNotes;

/// <summary>A bar in the last line of a terminal, drawn over itself; the line is empty again when it ends.</summary>
internal sealed class TerminalBar(TextWriter terminal)
{
    private const int Cells = 24;

    private int _width;

    public void Show(double share, string text)
    {
        var full = (int)(Math.Clamp(share, 0, 1) * Cells);
        Write($"[{new string('#', full)}{new string('.', Cells - full)}] {text}");
    }

    public void End()
    {
        Write("");
        terminal.Write('\r');
    }

    // What was longer before is overwritten with spaces.
    private void Write(string line)
    {
        terminal.Write($"\r{line.PadRight(_width)}");
        _width = line.Length;
    }
}
