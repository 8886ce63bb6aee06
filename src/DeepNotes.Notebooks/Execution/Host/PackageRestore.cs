using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Execution;

/// <summary>Restores NuGet packages with <c>dotnet restore</c> and says which files of them a cell needs.</summary>
internal static class PackageRestore
{
    private const string Framework = "net10.0";

    private static readonly string Root = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
        "deepnotes", "packages");

    /// <exception cref="ReferenceException">The restore failed; the message holds NuGet's own reason.</exception>
    public static RestoredPackages Restore(IReadOnlyList<(string Name, string Version)> packages, CancellationToken cancellation)
    {
        var project = ProjectFor(packages);
        var folder = Path.Combine(Root, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(project)))[..24]);
        var assets = Path.Combine(folder, "obj", "project.assets.json");
        if (File.Exists(assets) && Read(assets) is { } cached)
        {
            return cached;
        }

        Directory.CreateDirectory(folder);
        // Empty ones, so that none from a folder above has a say.
        foreach (var name in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
        {
            AtomicFile.WriteAllText(Path.Combine(folder, name), "<Project />");
        }

        var file = Path.Combine(folder, "packages.csproj");
        AtomicFile.WriteAllText(file, project);
        RunRestore(file, packages, cancellation);
        return Read(assets) ?? throw new ReferenceException($"dotnet restore left no files of {Describe(packages)}.");
    }

    private static string ProjectFor(IEnumerable<(string Name, string Version)> packages)
    {
        var items = packages.OrderBy(package => package.Name, StringComparer.OrdinalIgnoreCase)
            .Select(package => $"""    <PackageReference Include="{SecurityElement.Escape(package.Name)}" Version="{SecurityElement.Escape(package.Version)}" />""");
        return $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>{Framework}</TargetFramework>
                <RuntimeIdentifier>{RuntimeInformation.RuntimeIdentifier}</RuntimeIdentifier>
                <SelfContained>false</SelfContained>
                <UseAppHost>false</UseAppHost>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
            {string.Join('\n', items)}
              </ItemGroup>
            </Project>
            """;
    }

    private static void RunRestore(string project, IReadOnlyList<(string Name, string Version)> packages, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(DotnetHost.Path, ["restore", project, "--nologo", "-v:quiet"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(project)!,
        };
        using var process = Process.Start(start)!;
        using var killed = cancellation.Register(() => process.Kill(entireProcessTree: true));
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        if (process.ExitCode != 0)
        {
            var reasons = (output + errors.GetAwaiter().GetResult()).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(" : ", 2)[^1].Split(" [")[0])
                .Distinct();
            throw new ReferenceException($"could not restore {Describe(packages)}: {string.Join(" ", reasons)}");
        }
    }

    private static string Describe(IEnumerable<(string Name, string Version)> packages) =>
        string.Join(", ", packages.Select(package => $"{package.Name} {package.Version}"));

    // project.assets.json: targets / <framework>/<rid> / <package/version> / compile, runtime, native: paths in the package.
    private static RestoredPackages? Read(string assetsFile)
    {
        var assets = JsonNode.Parse(File.ReadAllText(assetsFile))!;
        var target = assets["targets"]?[$"{Framework}/{RuntimeInformation.RuntimeIdentifier}"]?.AsObject();
        var folders = assets["packageFolders"]?.AsObject().Select(folder => folder.Key).ToArray() ?? [];
        if (target is null)
        {
            return null;
        }

        string[] Files(string kind) =>
        [
            .. from library in target
               let path = (string?)assets["libraries"]?[library.Key]?["path"]
               where path is not null
               from file in library.Value?[kind] as JsonObject ?? []
               where !file.Key.EndsWith("_._", StringComparison.Ordinal)
               select folders.Select(folder => Path.Combine(folder, path, file.Key)).FirstOrDefault(File.Exists),
        ];

        var assemblies = Files("runtime");
        var native = Files("native");
        return assemblies.Concat(native).Contains(null)
            ? null
            : new RestoredPackages(assemblies, [.. native.Select(file => Path.GetDirectoryName(file)!).Distinct()]);
    }
}

/// <param name="Assemblies">The managed assemblies, to compile against and to load.</param>
/// <param name="NativeFolders">Folders with native libraries for this machine.</param>
internal sealed record RestoredPackages(IReadOnlyList<string> Assemblies, IReadOnlyList<string> NativeFolders);
