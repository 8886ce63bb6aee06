using DeepNotes.Notebooks.Running;

namespace DeepNotes.Notebooks.Tests.Running;

internal static class Fingerprints
{
    public static RunFingerprint Generated(RunMode mode = RunMode.Full) => new("generated", mode, "x64 512-bit", 2, "net10.0 10.0.1", "0123456789ab");

    public static RunOptions Options(RunMode mode = RunMode.Full) => new(Generated(mode), TimeSpan.FromSeconds(120));
}
