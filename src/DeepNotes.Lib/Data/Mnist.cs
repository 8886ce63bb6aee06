namespace DeepNotes;

/// <summary>
/// MNIST, handwritten digits of 28×28 grey pixels (LeCun, Cortes, Burges 1998): from <c>DEEPNOTES_DATA</c>, the cache
/// or a download; without any of them, generated digits of the same shapes.
/// </summary>
public static class Mnist
{
    internal const string FolderName = "mnist";

    private const int GeneratedTrain = 8_000;
    private const int GeneratedTest = 2_000;

    /// <summary>Test images last: alone they count as a small MNIST, which an interrupted download must not.</summary>
    internal static readonly IReadOnlyList<RemoteFile> Files =
    [
        new("train-images-idx3-ubyte.gz", 9_912_422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
        new("train-labels-idx1-ubyte.gz", 28_881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
        new("t10k-images-idx3-ubyte.gz", 1_648_877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
        new("t10k-labels-idx1-ubyte.gz", 4_542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
    ];

    private static readonly Mirrors PublicMirrors = new(
        [
            new("https://ossci-datasets.s3.amazonaws.com/mnist/"),
            new("https://storage.googleapis.com/cvdf-datasets/mnist/"),
        ],
        patience: TimeSpan.FromSeconds(20),
        connecting: TimeSpan.FromSeconds(3));

    private static string? _downloadFailure;

    /// <summary>
    /// Training and test images: inputs [N, 1, 28, 28] in [0, 1], labels 0 to 9. The first that is there of: the folder
    /// <c>mnist</c> in <c>DEEPNOTES_DATA</c>, the cache, a download (not with <c>DEEPNOTES_OFFLINE=1</c>), and generated
    /// digits, 8,000 and 2,000, which one printed line then says. <c>DEEPNOTES_DATA=generated</c> asks for those at once.
    /// Where only the 10,000 test images are there, the first 8,000 are for training. <see cref="Dataset.Origin"/> tells.
    /// </summary>
    /// <param name="maxTrain">At most so many training images, the first ones.</param>
    /// <param name="maxTest">At most so many test images, the first ones.</param>
    /// <exception cref="InvalidDataException">A file is there but damaged.</exception>
    /// <exception cref="DirectoryNotFoundException"><c>DEEPNOTES_DATA</c> names a folder that does not exist.</exception>
    public static (Dataset Train, Dataset Test) Load(int maxTrain = int.MaxValue, int maxTest = int.MaxValue) =>
        Load(DataLocations.Current, maxTrain, maxTest, DownloadOnce, Console.Out);

    /// <summary>Fetches the four files (11.6 MB) into the cache, unless they are there, and checks each one's SHA-256.</summary>
    /// <param name="progress">Told after every piece.</param>
    /// <param name="cancellation">Stops it; what has come of a file is dropped.</param>
    /// <returns>The folder with the files.</returns>
    /// <exception cref="DownloadException">No mirror gave the right files, or the cache cannot be written.</exception>
    public static string Download(
        IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default)
    {
        var folder = Path.Combine(DataLocations.Current.Cache, FolderName);
        PublicMirrors.Fetch(Files, folder, progress, cancellation);
        return folder;
    }

    /// <summary>The files that <see cref="Load(int, int)"/> would read; null where there are none.</summary>
    internal static MnistFiles? Find(DataLocations locations) =>
        locations.FoldersOf(FolderName).Select(MnistFiles.In).FirstOrDefault(files => files is not null);

    /// <param name="locations">Where to look.</param>
    /// <param name="maxTrain">At most so many training images.</param>
    /// <param name="maxTest">At most so many test images.</param>
    /// <param name="download">Fills the cache and returns null, or says why it could not.</param>
    /// <param name="output">Where a download or the fallback is said.</param>
    internal static (Dataset Train, Dataset Test) Load(
        DataLocations locations, int maxTrain, int maxTest, Func<TextWriter, string?> download, TextWriter output)
    {
        Check.AtLeast(0, maxTrain, "Mnist.Load");
        Check.AtLeast(0, maxTest, "Mnist.Load");
        if (locations.GeneratedOnly)
        {
            return Generate(maxTrain, maxTest);
        }

        var files = Find(locations);
        var reason = "DEEPNOTES_OFFLINE=1 forbids the download";
        if (files is null && !locations.Offline)
        {
            reason = download(output);
            files = Find(locations);
        }

        if (files is not null)
        {
            return LoadOrFetchAnew(files, locations, maxTrain, maxTest, download, output);
        }

        output.WriteLine(
            $"MNIST is not here ({string.Join(", ", locations.FoldersOf(FolderName))}; {reason}): "
            + "generated digits of the same shapes stand in. For the real ones: ./deepnotes data get mnist");
        return Generate(maxTrain, maxTest);
    }

    // A download that is damaged by now is fetched again; a reader's own file is only the reader's to replace.
    private static (Dataset Train, Dataset Test) LoadOrFetchAnew(
        MnistFiles files, DataLocations locations, int maxTrain, int maxTest, Func<TextWriter, string?> download, TextWriter output)
    {
        try
        {
            return files.Load(maxTrain, maxTest);
        }
        catch (InvalidDataException damage) when (files.Folder == Path.Combine(locations.Cache, FolderName) && !locations.Offline)
        {
            return download(output) is null
                ? Find(locations)!.Load(maxTrain, maxTest)
                : throw new InvalidDataException($"{damage.Message} Fetching it again failed: delete {files.Folder}, and run this again.", damage);
        }
    }

    private static (Dataset Train, Dataset Test) Generate(int maxTrain, int maxTest) =>
        (GeneratedDigits.Create(Math.Min(GeneratedTrain, maxTrain), seed: 1),
         GeneratedDigits.Create(Math.Min(GeneratedTest, maxTest), seed: 2));

    /// <summary>A machine without a network waits once for each process, not at each call.</summary>
    private static string? DownloadOnce(TextWriter output)
    {
        if (_downloadFailure is null)
        {
            try
            {
                Download(new Announcement(output));
            }
            catch (DownloadException failure)
            {
                _downloadFailure = failure.Message;
            }
        }

        return _downloadFailure;
    }

    /// <summary>One line with the first piece: who waits knows why, who has no network sees nothing of it.</summary>
    private sealed class Announcement(TextWriter output) : IProgress<DownloadProgress>
    {
        private bool _isWritten;

        public void Report(DownloadProgress value)
        {
            if (!_isWritten)
            {
                output.WriteLine("Downloading MNIST (11.6 MB), once …");
                _isWritten = true;
            }
        }
    }
}
