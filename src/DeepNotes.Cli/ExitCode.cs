namespace DeepNotes.Cli;

internal static class ExitCode
{
    public const int Good = 0;

    /// <summary>A cell failed, a notebook differs from what is saved, or something needed is missing.</summary>
    public const int Failed = 1;

    public const int Usage = 2;

    /// <summary>Ctrl+C, as shells report it.</summary>
    public const int Interrupted = 130;
}
