using System.Text.RegularExpressions;
using NuGet.Versioning;

namespace DeepNotes.Notebooks.Execution;

/// <summary>
/// <c>#r "nuget: Name, version"</c> in NuGet's notation: a version, a floating one (<c>2.*</c>, <c>*-*</c>), a range
/// (<c>[1.0, 2.0)</c>), or none for the newest.
/// </summary>
/// <param name="Name">The package's name.</param>
/// <param name="Range">The acceptable versions; null when none is given.</param>
internal sealed partial record PackageReference(string Name, VersionRange? Range)
{
    private const string Prefix = "nuget:";

    /// <summary>The exact version where one is given; null for ranges, floating versions, and none.</summary>
    public NuGetVersion? Exact { get; } = Range is not null && NuGetVersion.TryParse(Range.OriginalString, out var version) ? version : null;

    /// <summary>The version as written.</summary>
    public string Asked => Range?.OriginalString ?? "any version";

    public static bool IsPackage(string reference) => reference.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="ReferenceException">Not one package in NuGet's notation.</exception>
    public static PackageReference Parse(string reference)
    {
        var parts = reference[Prefix.Length..].Split(',', 2, StringSplitOptions.TrimEntries);
        if (!PackageName().IsMatch(parts[0]))
        {
            throw new ReferenceException(
                $"#r \"{reference}\": expected \"nuget: Name, Version\" with the name of one package (letters, digits, '.', '-', '_'), got \"{parts[0]}\".");
        }

        return parts.Length == 1 ? new PackageReference(parts[0], null)
            : VersionRange.TryParse(parts[1], allowFloating: true, out var range) ? new PackageReference(parts[0], range)
            : throw new ReferenceException(
                $"#r \"{reference}\": expected a version (1.2.3), a floating one (1.*, *-*) or a range ([1.0, 2.0)), got \"{parts[1]}\".");
    }

    /// <summary>Whether a version that is already in use is acceptable.</summary>
    public bool Allows(NuGetVersion version) =>
        Range is null || (Exact is not null ? Exact == version : Range.Satisfies(version) && Range.Float?.Satisfies(version) is not false);

    [GeneratedRegex(@"^[A-Za-z0-9_]+([.-][A-Za-z0-9_]+)*\z")]
    private static partial Regex PackageName();
}
