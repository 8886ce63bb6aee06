namespace DeepNotes.Tests.Training;

public sealed class TerminalProgressBarTests
{
    [Fact]
    public void It_is_redrawn_in_place_and_cleared_at_the_end()
    {
        using var terminal = new StringWriter();
        var bar = new TerminalProgressBar(terminal);
        bar.Show(0.5, "step 5 of 10");
        bar.Show(1, "done");
        bar.End();
        var full = new string('#', 24);
        Assert.Equal(
            [
                "", $"[{full[..12]}{new string('.', 12)}] step 5 of 10",
                $"[{full}] done        ",
                new string(' ', 31), "",
            ],
            terminal.ToString().Split('\r'));
    }
}
