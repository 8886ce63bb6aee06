using System.IO.Compression;

namespace DeepNotes.Notebooks.Tests.Support;

/// <summary>A folder with packages made by a test, the only package source of restores in its subfolders.</summary>
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

    /// <param name="name">The name of the package.</param>
    /// <param name="version">The version of the package.</param>
    /// <param name="files">Paths in the package, and the files to copy there; null for an empty file.</param>
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
