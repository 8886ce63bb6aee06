namespace DeepNotes.Cli;

internal static class ExitCode
{
    public const int Good = 0;

    /// <summary>A cell failed, a notebook differs from what is saved, something needed is missing, or Ctrl+C stopped it.</summary>
    public const int Failed = 1;

    public const int Usage = 2;
}
