namespace DeepNotes;

/// <summary>
/// Full or fast: <c>./deepnotes run --fast</c>, or DEEPNOTES_FAST=1, asks a chapter for less data and fewer epochs, with
/// every assertion still holding.
/// </summary>
public static class FastMode
{
    /// <summary>Whether this run is a fast one.</summary>
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("DEEPNOTES_FAST") == "1";

    /// <summary>The value for this mode: <c>FastMode.Pick(full: 10, fast: 3)</c>.</summary>
    public static T Pick<T>(T full, T fast) => IsOn ? fast : full;
}
