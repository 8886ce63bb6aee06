using System.Globalization;

namespace DeepNotes;

/// <summary>The MNIST files of one folder: the 10,000 test images and, if present, the 60,000 training images.</summary>
internal sealed class MnistFiles
{
    private readonly (string Images, string Labels)? _train;
    private readonly (string Images, string Labels) _test;

    private MnistFiles(string folder, (string Images, string Labels)? train, (string Images, string Labels) test) =>
        (Folder, _train, _test) = (folder, train, test);

    /// <summary>The folder with the files.</summary>
    public string Folder { get; }

    /// <summary>Whether the training images are present.</summary>
    public bool HasTraining => _train is not null;

    /// <summary>Finds the files in the folder under any of their usual names; null without the test images.</summary>
    public static MnistFiles? In(string folder) =>
        Pair(folder, "t10k") is { } test ? new MnistFiles(folder, Pair(folder, "train"), test) : null;

    /// <summary>Loads the first samples of each part; without training images, four fifths of the test images are used for training.</summary>
    /// <exception cref="InvalidDataException">A file is damaged, or its contents do not match its name.</exception>
    public (Dataset Train, Dataset Test) Load(int maxTrain, int maxTest)
    {
        var (images, labels) = Read(_test);
        if (_train is { } train)
        {
            var (trainImages, trainLabels) = Read(train);
            return (Part("mnist-train", "training", trainImages, trainLabels, 0, trainLabels.Length, maxTrain),
                    Part("mnist-test", "test", images, labels, 0, labels.Length, maxTest));
        }

        var boundary = labels.Length * 4 / 5;
        return (Part("mnist-train", "test", images, labels, 0, boundary, maxTrain),
                Part("mnist-test", "test", images, labels, boundary, labels.Length - boundary, maxTest));
    }

    private static (string Images, string Labels)? Pair(string folder, string part) =>
        Existing(folder, part, "images", 3) is { } images && Existing(folder, part, "labels", 1) is { } labels
            ? (images, labels)
            : null;

    private static string? Existing(string folder, string part, string content, int axes) =>
        new[] { $"{part}-{content}-idx{axes}-ubyte", $"{part}-{content}.idx{axes}-ubyte" }
            .SelectMany(name => new[] { $"{name}.gz", name })
            .Select(name => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    private static (IdxArray Images, int[] Labels) Read((string Images, string Labels) files)
    {
        var (images, labels) = (Idx.Read(files.Images), Idx.Read(files.Labels));
        var count = labels.Dimensions[0];
        Expect(labels, [count]);
        Expect(images, [count, DigitCanvas.Side, DigitCanvas.Side]);
        var wrong = labels.AsBytes().IndexOfAnyExceptInRange((byte)0, (byte)9);
        return wrong < 0
            ? (images, labels.ToIntegers())
            : throw new InvalidDataException(
                $"MNIST labels {files.Labels}: expected 0 to 9, got {labels.AsBytes()[wrong]} at {wrong}.");
    }

    private static void Expect(IdxArray array, int[] dimensions)
    {
        if (array.Type != IdxType.UnsignedByte || !array.Dimensions.SequenceEqual(dimensions))
        {
            throw new InvalidDataException(
                $"MNIST file {array.Path}: expected {string.Join(" × ", dimensions)} elements "
                + $"of type {IdxType.UnsignedByte}, got {string.Join(" × ", array.Dimensions)} of type {array.Type}.");
        }
    }

    private static Dataset Part(string name, string source, IdxArray images, int[] labels, int start, int length, int max)
    {
        const int size = DigitCanvas.Side * DigitCanvas.Side;
        var count = Math.Min(length, max);
        var (given, all) = (Number(count), Number(labels.Length));
        return DigitImages.ToDataset(
            images.AsBytes().Slice(start * size, count * size),
            labels[start..(start + count)],
            name,
            count == labels.Length ? $"MNIST {source} images ({all})" : $"MNIST {source} images ({given} of {all})");
    }

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
