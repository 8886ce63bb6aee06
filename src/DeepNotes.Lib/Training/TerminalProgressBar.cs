namespace DeepNotes;

/// <summary>A progress bar in the last line of a terminal, redrawn in place and cleared at the end.</summary>
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

    // Padded with spaces to overwrite a longer line.
    private void Write(string line)
    {
        terminal.Write($"\r{line.PadRight(_lineLength)}");
        _lineLength = line.Length;
    }
}
