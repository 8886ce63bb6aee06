namespace DeepNotes;

/// <summary>A data set of the catalogue.</summary>
/// <param name="Name">What commands call it.</param>
/// <param name="Title">What it is.</param>
/// <param name="Shapes">Numbers and shapes of its samples.</param>
/// <param name="Origin">Who made it.</param>
/// <param name="Licence">Under which terms.</param>
/// <param name="DownloadBytes">The size of its download; 0 where there is none.</param>
/// <param name="State">What of it is on this machine, and where.</param>
public sealed record DataCatalogEntry(
    string Name, string Title, string Shapes, string Origin, string Licence, long DownloadBytes, string State);

/// <summary>The data sets that the library reads or makes, and what of them is on this machine.</summary>
public static class DataCatalog
{
    private const string Digits = "digits";
    private const string Shapes = "shapes";

    /// <summary>All data sets, looked up now; nothing is read or fetched.</summary>
    /// <exception cref="DirectoryNotFoundException"><c>DEEPNOTES_DATA</c> names a folder that does not exist.</exception>
    public static IReadOnlyList<DataCatalogEntry> Entries => EntriesAt(DataLocations.Current);

    /// <summary>Brings a data set onto this machine, unless it is there.</summary>
    /// <param name="name">Its name in the catalogue.</param>
    /// <param name="progress">Told after every piece of a download.</param>
    /// <param name="cancellation">Stops a download.</param>
    /// <returns>Where it is now.</returns>
    /// <exception cref="ArgumentException">There is no such data set; the message lists those there are.</exception>
    /// <exception cref="DownloadException">No mirror gave the right files, or the cache cannot be written.</exception>
    public static string Get(
        string name, IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default) => name switch
        {
            Mnist.FolderName => Mnist.Download(progress, cancellation),
            Digits or Shapes => "made by the library, nothing to fetch",
            Cifar10.FolderName => Cifar10.Find(DataLocations.Current) ?? throw new DownloadException(
                $"CIFAR-10 is not downloaded by this program: unpack its binary version to {Path.Combine(DataLocations.Current.Cache, name)}."),
            _ => throw new ArgumentException(
                $"Data set '{name}': expected {string.Join(" or ", Entries.Select(entry => entry.Name))}.", nameof(name)),
        };

    /// <summary>
    /// What <see cref="Mnist.Load(int, int)"/> would use without a download: <c>generated</c>, <c>mnist-10000</c> or
    /// <c>mnist-70000</c>; with <c>+cifar10</c> where that is there. Runs with the same fingerprint see the same data.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException"><c>DEEPNOTES_DATA</c> names a folder that does not exist.</exception>
    public static string Fingerprint() => FingerprintAt(DataLocations.Current);

    internal static string FingerprintAt(DataLocations locations)
    {
        var digits = Mnist.Find(locations) switch
        {
            null => "generated",
            { HasTraining: true } => "mnist-70000",
            _ => "mnist-10000",
        };
        return Cifar10.Find(locations) is null ? digits : $"{digits}+{Cifar10.FolderName}";
    }

    internal static IReadOnlyList<DataCatalogEntry> EntriesAt(DataLocations locations) =>
    [
        new(
            Mnist.FolderName,
            "MNIST, handwritten digits",
            "60,000 + 10,000 images [1, 28, 28], 10 classes",
            "Y. LeCun, C. Cortes, C. Burges, from NIST's special databases 1 and 3",
            "CC BY-SA 3.0",
            Mnist.Files.Sum(file => file.Size),
            StateAt(locations)),
        new(
            Digits,
            "Generated digits, stand-in for MNIST",
            "any number of images [1, 28, 28], 10 classes",
            "drawn by GeneratedDigits from strokes",
            "MIT",
            0,
            "made by the library"),
        new(
            Cifar10.FolderName,
            "CIFAR-10, small photographs",
            "50,000 + 10,000 images [3, 32, 32], 10 classes",
            "A. Krizhevsky, V. Nair, G. Hinton, from the 80 million tiny images",
            "none stated by its authors; for research, cite Krizhevsky 2009",
            0,
            Cifar10.Find(locations) is { } folder ? $"in {folder}" : NotThere(locations)),
        new(
            Shapes,
            "Coloured shapes, stand-in for CIFAR-10",
            "any number of images [3, 32, 32], 10 classes",
            "drawn by ColoredShapes",
            "MIT",
            0,
            "made by the library"),
    ];

    private static string StateAt(DataLocations locations) => Mnist.Find(locations) switch
    {
        null => NotThere(locations),
        { HasTraining: true } files => $"all 70,000 in {files.Folder}",
        { } files => $"the 10,000 test images in {files.Folder}",
    };

    private static string NotThere(DataLocations locations) =>
        locations.GeneratedOnly ? "not looked for: DEEPNOTES_DATA=generated" : "absent";
}
