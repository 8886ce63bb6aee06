namespace DeepNotes.Notebooks.Tests.Support;

/// <summary>A test of Unix owners, file modes, links or signals.</summary>
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "needs Unix" : null;
}

/// <summary>A theory on Unix owners, file modes, links or signals.</summary>
public sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute() => Skip = OperatingSystem.IsWindows() ? "needs Unix" : null;
}
