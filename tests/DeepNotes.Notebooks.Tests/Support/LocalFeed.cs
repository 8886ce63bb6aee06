using System.IO.Compression;

namespace DeepNotes.Notebooks.Tests.Support;

/// <summary>Packages that a test has made, in a folder; a restore somewhere below it knows of no others.</summary>
internal sealed class LocalFeed
{
    private readonly string _packages;

    public LocalFeed(string folder)
    {
        _packages = Directory.CreateDirectory(Path.Combine(folder, "feed")).FullName;
        File.WriteAllText(
            Path.Combine(folder, "NuGet.Config"),
            $"""
             <configuration>
               <config><add key="globalPackagesFolder" value="{Path.Combine(folder, "packages")}" /></config>
               <packageSources><clear /><add key="local" value="{_packages}" /></packageSources>
             </configuration>
             """);
    }

    /// <param name="name">Of the package.</param>
    /// <param name="version">Its version.</param>
    /// <param name="files">Path in the package, and the file that is put there; an empty one without.</param>
    public void Add(string name, string version, params (string Path, string? File)[] files)
    {
        using var package = ZipFile.Open(Path.Combine(_packages, $"{name}.{version}.nupkg"), ZipArchiveMode.Create);
        using (var description = new StreamWriter(package.CreateEntry($"{name}.nuspec").Open()))
        {
            description.Write($"<package><metadata><id>{name}</id><version>{version}</version><authors>tests</authors><description>of a test</description></metadata></package>");
        }

        foreach (var (path, file) in files)
        {
            using var entry = package.CreateEntry(path).Open();
            entry.Write(file is null ? [] : File.ReadAllBytes(file));
        }
    }
}
