namespace DeepNotes;

/// <summary>A data set of the catalogue.</summary>
/// <param name="Name">The name in commands.</param>
/// <param name="Title">A short description.</param>
/// <param name="Shapes">The numbers and shapes of its samples.</param>
/// <param name="Origin">The authors.</param>
/// <param name="Licence">The licence.</param>
/// <param name="DownloadBytes">The size of the download in bytes; 0 if there is none.</param>
/// <param name="State">Which parts are on this machine, and where.</param>
public sealed record DataCatalogEntry(
    string Name, string Title, string Shapes, string Origin, string Licence, long DownloadBytes, string State);

/// <summary>The data sets that the library reads or generates, with their state on this machine.</summary>
public static class DataCatalog
{
    private const string Digits = "digits";
    private const string Shapes = "shapes";

    /// <summary>All data sets with their current state; nothing is read or downloaded.</summary>
    /// <exception cref="DirectoryNotFoundException"><c>DEEPNOTES_DATA</c> names a folder that does not exist.</exception>
    public static IReadOnlyList<DataCatalogEntry> Entries => EntriesAt(DataLocations.Current);

    /// <summary>Downloads a data set, unless it is on this machine.</summary>
    /// <param name="name">The name in the catalogue.</param>
    /// <param name="progress">Receives a report after every block of a download.</param>
    /// <param name="cancellation">Stops the download.</param>
    /// <returns>Where the data set is.</returns>
    /// <exception cref="ArgumentException">There is no data set of this name; the message lists the names.</exception>
    /// <exception cref="DownloadException">No mirror served the expected files, or the cache cannot be written.</exception>
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
    /// The data that <see cref="Mnist.Load(int, int)"/> would use without a download: <c>generated</c>, <c>mnist-10000</c> or
    /// <c>mnist-70000</c>, with the suffix <c>+cifar10</c> if that is present. Runs with equal fingerprints use the same data.
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
