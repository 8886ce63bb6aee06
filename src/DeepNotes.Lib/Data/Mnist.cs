namespace DeepNotes;

/// <summary>
/// MNIST, handwritten digits of 28×28 grey pixels (LeCun, Cortes, Burges 1998), from <c>DEEPNOTES_DATA</c>, the cache or a
/// download; without any of them, generated digits of the same shapes.
/// </summary>
public static class Mnist
{
    internal const string FolderName = "mnist";

    private const int GeneratedTrain = 8_000;
    private const int GeneratedTest = 2_000;

    /// <summary>Test images last: alone they are used as a small MNIST, which an interrupted download must not result in.</summary>
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
        timeout: TimeSpan.FromSeconds(20),
        connectTimeout: TimeSpan.FromSeconds(3));

    private static string? _downloadFailure;

    /// <summary>
    /// Training and test images: inputs [N, 1, 28, 28] in [0, 1], labels 0 to 9. The first source available is used: the
    /// folder <c>mnist</c> in <c>DEEPNOTES_DATA</c>, the cache, a download (not with <c>DEEPNOTES_OFFLINE=1</c>), or 8,000 and
    /// 2,000 generated digits, in which case a line is printed. <c>DEEPNOTES_DATA=generated</c> selects generated digits
    /// directly. If only the 10,000 test images are available, the first 8,000 are used for training.
    /// <see cref="Dataset.Origin"/> names the source.
    /// </summary>
    /// <param name="maxTrain">The maximum number of training images; the first ones are taken.</param>
    /// <param name="maxTest">The maximum number of test images; the first ones are taken.</param>
    /// <exception cref="InvalidDataException">A file exists but is damaged.</exception>
    /// <exception cref="DirectoryNotFoundException"><c>DEEPNOTES_DATA</c> names a folder that does not exist.</exception>
    public static (Dataset Train, Dataset Test) Load(int maxTrain = int.MaxValue, int maxTest = int.MaxValue) =>
        Load(DataLocations.Current, maxTrain, maxTest, DownloadOnce, Console.Out);

    /// <summary>Downloads the four files (11.6 MB) to the cache, unless they are there, and verifies their SHA-256 hashes.</summary>
    /// <param name="progress">Receives a report after every block.</param>
    /// <param name="cancellation">Stops the download; an incomplete file is deleted.</param>
    /// <returns>The folder with the files.</returns>
    /// <exception cref="DownloadException">No mirror served the expected files, or the cache cannot be written.</exception>
    public static string Download(
        IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default)
    {
        var folder = Path.Combine(DataLocations.Current.Cache, FolderName);
        PublicMirrors.Fetch(Files, folder, progress, cancellation);
        return folder;
    }

    /// <summary>The files that <see cref="Load(int, int)"/> would read; null if there are none.</summary>
    internal static MnistFiles? Find(DataLocations locations) =>
        locations.FoldersOf(FolderName).Select(MnistFiles.In).FirstOrDefault(files => files is not null);

    /// <param name="locations">The folders to search.</param>
    /// <param name="maxTrain">The maximum number of training images.</param>
    /// <param name="maxTest">The maximum number of test images.</param>
    /// <param name="download">Downloads to the cache and returns null, or the reason for a failure.</param>
    /// <param name="output">Receives a line about a download or the fallback.</param>
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

    // A damaged file in the cache is downloaded again; files in a reader's own folder are never replaced.
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

    /// <summary>Remembers a failure, so that a process without a network waits for the time limit only once.</summary>
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

    /// <summary>Prints one line when the first block arrives, so that nothing is printed without a network.</summary>
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
