namespace DeepNotes;

/// <summary>A bar in the last line of a terminal, drawn over itself; the line is empty again when it ends.</summary>
internal sealed class TerminalProgressBar(TextWriter terminal)
{
    private const int Width = 24;

    private int _lineLength;

    public void Show(double fraction, string text)
    {
        var full = (int)(Math.Clamp(fraction, 0, 1) * Width);
        Write($"[{new string('#', full)}{new string('.', Width - full)}] {text}");
    }

    public void End()
    {
        Write("");
        terminal.Write('\r');
    }

    // What was longer before is overwritten with spaces.
    private void Write(string line)
    {
        terminal.Write($"\r{line.PadRight(_lineLength)}");
        _lineLength = line.Length;
    }
}
