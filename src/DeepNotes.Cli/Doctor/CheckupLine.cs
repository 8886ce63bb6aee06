namespace DeepNotes.Cli.Doctor;

/// <param name="Subject">What was looked at.</param>
/// <param name="Finding">Whether it is as it should be.</param>
/// <param name="Found">What is there.</param>
/// <param name="Advice">What to do, or what is lost; empty when all is well.</param>
internal sealed record CheckupLine(string Subject, Finding Finding, string Found, string Advice = "");

internal enum Finding
{
    Ok,

    /// <summary>Something works less well without it.</summary>
    Optional,

    /// <summary>DeepNotes does not work without it.</summary>
    Missing,
}
