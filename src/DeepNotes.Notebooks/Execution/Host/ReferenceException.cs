using NuGet.Versioning;

namespace DeepNotes.Notebooks.Execution;

/// <summary>A <c>#r</c> or <c>#load</c> cannot be resolved; the message gives the expected form and a remedy.</summary>
internal class ReferenceException(string message) : Exception(message);

/// <summary>Packages do not support this framework in the version that was resolved.</summary>
internal sealed class IncompatiblePackageException(string message, IReadOnlyDictionary<string, NuGetVersion> packages) : ReferenceException(message)
{
    public IReadOnlyDictionary<string, NuGetVersion> Packages => packages;
}
