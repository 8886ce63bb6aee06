using NuGet.Versioning;

namespace DeepNotes.Notebooks.Execution;

/// <summary>A <c>#r</c> or <c>#load</c> that can't be resolved; the message says what is expected and what to do.</summary>
internal class ReferenceException(string message) : Exception(message);

/// <summary>Packages that hold nothing for this framework in the version that was taken.</summary>
internal sealed class IncompatiblePackageException(string message, IReadOnlyDictionary<string, NuGetVersion> packages) : ReferenceException(message)
{
    public IReadOnlyDictionary<string, NuGetVersion> Packages => packages;
}
