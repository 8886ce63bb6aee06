namespace DeepNotes.Notebooks.Tests.Support;

/// <summary>A test of owners, modes, links or signals as Unix has them.</summary>
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "needs Unix" : null;
}

/// <summary>A table of such tests.</summary>
public sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute() => Skip = OperatingSystem.IsWindows() ? "needs Unix" : null;
}
