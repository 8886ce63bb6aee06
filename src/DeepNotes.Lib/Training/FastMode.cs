namespace DeepNotes;

/// <summary>
/// Fast mode, <c>./deepnotes run --fast</c> or DEEPNOTES_FAST=1: chapters use less data and fewer epochs, and all
/// assertions still hold.
/// </summary>
public static class FastMode
{
    /// <summary>Whether fast mode is on.</summary>
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("DEEPNOTES_FAST") == "1";

    /// <summary>The value for this mode: <c>FastMode.Pick(full: 10, fast: 3)</c>.</summary>
    public static T Pick<T>(T full, T fast) => IsOn ? fast : full;
}
