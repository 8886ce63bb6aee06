using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using DeepNotes.Notebooks.Documents;
using NuGet.Versioning;

namespace DeepNotes.Notebooks.Execution;

/// <summary>Restores NuGet packages with <c>dotnet restore</c>; results are cached for later sessions.</summary>
internal sealed partial class PackageRestore(UserCache cache)
{
    // NuGet names the project in its messages: "notebook depends on …".
    private const string ProjectName = "notebook";

    // NuGet asks a feed that does not answer six times, and again for each package: minutes, where an older notebook names
    // a feed that is gone.
    private const string MostAttempts = "NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT";
    private const string AttemptsWithFurtherSources = "2";

    private static readonly string[] Arguments =
    [
        "--nologo", "-v:quiet",

        // Build files of parent folders are not imported.
        "-p:ImportDirectoryBuildProps=false", "-p:ImportDirectoryBuildTargets=false", "-p:ImportDirectoryPackagesProps=false",
    ];

    /// <summary>Restores the packages; one without a version in the newest version that supports this framework.</summary>
    /// <param name="packages">All packages of the session, so that their versions are consistent.</param>
    /// <param name="sources">Feeds and folders in addition to those that NuGet is configured with.</param>
    /// <param name="cancellation">Cancels the restore.</param>
    /// <exception cref="ReferenceException">The restore failed; the message is NuGet's own reason.</exception>
    public RestoredPackages Restore(IReadOnlyList<PackageReference> packages, IReadOnlyList<string> sources, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return RestoreAsAsked(packages, sources, cancellation);
            }
            catch (IncompatiblePackageException error) when (Older(packages, error.Packages) is { } older)
            {
                packages = older;
            }
        }
    }

    // The newest release of many packages targets the next .NET. Null when no package is left to restrict.
    private static PackageReference[]? Older(IReadOnlyList<PackageReference> packages, IReadOnlyDictionary<string, NuGetVersion> tooNew)
    {
        bool IsTooNew(PackageReference package) => package.Range is null && tooNew.ContainsKey(package.Name);
        PackageReference Before(PackageReference package) => new(package.Name, VersionRange.Parse($"[*, {tooNew[package.Name].Major}.0.0)"));
        return packages.Any(IsTooNew) ? [.. packages.Select(package => IsTooNew(package) ? Before(package) : package)] : null;
    }

    private RestoredPackages RestoreAsAsked(IReadOnlyList<PackageReference> packages, IReadOnlyList<string> sources, CancellationToken cancellation)
    {
        var project = ProjectFor(packages, sources);
        return cache.Use("packages", root =>
        {
            var kept = Path.Combine(root, $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(project)))[..32]}.json");
            if (AssetsFile.Read(kept) is { } known)
            {
                return known;
            }

            // Sessions may restore the same packages concurrently: each uses a separate folder, and the result is written atomically.
            var folder = PrivateFolder.Open(Path.Combine(root, Guid.NewGuid().ToString("N")));
            try
            {
                var assets = Path.Combine(folder, "obj", "project.assets.json");
                File.WriteAllText(Path.Combine(folder, $"{ProjectName}.csproj"), project);
                Run(StartInfo(folder, root, [], sources), assets, packages, cancellation);
                if (AssetsFile.Read(assets) is null)
                {
                    // Files are missing in NuGet's global packages folder, which NuGet considers complete.
                    Run(StartInfo(folder, root, ["--force", "--packages", Path.Combine(root, "restored")], sources), assets, packages, cancellation);
                }

                var restored = AssetsFile.Read(assets) ?? throw new ReferenceException($"dotnet restore produced no files for {Describe(packages)}.");
                if (restored.MissingSources.Count == 0)
                {
                    AtomicFile.WriteAllBytes(kept, File.ReadAllBytes(assets));
                }

                return restored;
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
    }

    private static string ProjectFor(IEnumerable<PackageReference> packages, IReadOnlyList<string> sources) => new XElement(
        "Project",
        new XAttribute("Sdk", "Microsoft.NET.Sdk"),
        new XElement(
            "PropertyGroup",
            new XElement("TargetFramework", AssetsFile.Framework),
            new XElement("RuntimeIdentifier", RuntimeInformation.RuntimeIdentifier),
            new XElement("SelfContained", false),
            new XElement("UseAppHost", false),

            // An unavailable feed matters only for packages that no other feed provides.
            new XElement("RestoreIgnoreFailedSources", true),
            new XElement("RestoreAdditionalProjectSources", string.Join(';', sources.Select(Escape)))),
        new XElement(
            "ItemGroup",
            packages.OrderBy(package => package.Name, StringComparer.OrdinalIgnoreCase).Select(package => new XElement(
                "PackageReference",
                new XAttribute("Include", Escape(package.Name)),
                new XAttribute("Version", Escape(package.Range?.OriginalString ?? "*")))))).ToString();

    // Escapes the characters that MSBuild would evaluate or split at.
    private static string Escape(string value) => Special().Replace(value, character => $"%{(int)character.Value[0]:X2}");

    private static void Run(ProcessStartInfo start, string assets, IReadOnlyList<PackageReference> packages, CancellationToken cancellation)
    {
        using var process = Process.Start(start)!;
        using var killed = cancellation.Register(() => process.Kill(entireProcessTree: true));
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        if (process.ExitCode != 0)
        {
            var reason = AssetsFile.Error(assets) ?? FirstError(output + errors.GetAwaiter().GetResult());
            var message = $"could not restore {Describe(packages)}: {reason}";
            throw AssetsFile.Incompatible(assets) is { Count: > 0 } incompatible
                ? new IncompatiblePackageException($"{message}. Specify an older version, or none for the latest compatible one.", incompatible)
                : new ReferenceException(message);
        }
    }

    // NuGet requires a home folder and a temporary folder, and has no fallback.
    private ProcessStartInfo StartInfo(string folder, string root, string[] options, IReadOnlyList<string> sources)
    {
        var start = new ProcessStartInfo(DotnetHost.Path, ["restore", $"{ProjectName}.csproj", .. Arguments, .. options])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        if (sources.Count > 0)
        {
            start.Environment.TryAdd(MostAttempts, AttemptsWithFurtherSources);
        }

        if (!OperatingSystem.IsWindows())
        {
            start.Environment["HOME"] = cache.Home ?? PrivateFolder.Open(Path.Combine(root, "home"));
            start.Environment["TMPDIR"] = cache.TemporaryFiles ?? folder;
        }

        return start;
    }

    private static string FirstError(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var line = lines.FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)) ?? lines.FirstOrDefault();
        return line?.Split(" : ", 2)[^1].Split(" [")[0] ?? "dotnet restore reported no error.";
    }

    private static string Describe(IEnumerable<PackageReference> packages) =>
        string.Join(", ", packages.Select(package => package.Range is null ? package.Name : $"{package.Name} {package.Asked}"));

    [GeneratedRegex(@"[%$@'();?*]")]
    private static partial Regex Special();
}
