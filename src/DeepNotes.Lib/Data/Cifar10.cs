namespace DeepNotes;

/// <summary>
/// CIFAR-10, photographs in ten classes (Krizhevsky 2009, "Learning multiple layers of features from tiny images"), in its
/// binary version; without the files, <see cref="ColoredShapes"/> of the same shape.
/// </summary>
public static class Cifar10
{
    internal const string FolderName = "cifar10";
    internal const int TrainImages = 50_000;
    internal const int TestImages = 10_000;

    private const int GeneratedTrain = 5_000;
    private const int GeneratedTest = 1_000;

    private static readonly string[] Names =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    private static readonly string[] TrainFiles =
        ["data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin"];

    private static readonly string[] TestFiles = ["test_batch.bin"];

    /// <summary>
    /// Training and test images: inputs [N, 3, 32, 32] in [0, 1], labels 0 to 9. Reads the six <c>.bin</c> files from the folder
    /// <c>cifar10</c> of <c>DEEPNOTES_DATA</c> or of the cache, or from <c>cifar-10-batches-bin</c> in it. Without them, 5,000 and
    /// 1,000 generated shapes are used, and a line is printed. An image takes 12 KB, all of them 740 MB.
    /// </summary>
    /// <param name="maxTrain">The maximum number of training images; the first ones are taken.</param>
    /// <param name="maxTest">The maximum number of test images; the first ones are taken.</param>
    /// <exception cref="InvalidDataException">One of the six files is missing, does not consist of 10,000 records of 3,073 bytes, or has a label above 9.</exception>
    /// <exception cref="DirectoryNotFoundException"><c>DEEPNOTES_DATA</c> names a folder that does not exist.</exception>
    public static (Dataset Train, Dataset Test) Load(int maxTrain = int.MaxValue, int maxTest = int.MaxValue) =>
        Load(DataLocations.Current, maxTrain, maxTest, Console.Out);

    /// <summary>The folder with the files; null if there is none.</summary>
    internal static string? Find(DataLocations locations) => locations.FoldersOf(FolderName)
        .SelectMany(folder => new[] { folder, Path.Combine(folder, "cifar-10-batches-bin") })
        .FirstOrDefault(folder => TrainFiles.Concat(TestFiles).Any(file => File.Exists(Path.Combine(folder, file))));

    internal static (Dataset Train, Dataset Test) Load(DataLocations locations, int maxTrain, int maxTest, TextWriter output)
    {
        Check.AtLeast(0, maxTrain, "Cifar10.Load");
        Check.AtLeast(0, maxTest, "Cifar10.Load");
        if (Find(locations) is { } folder)
        {
            return (Read(folder, TrainFiles, "cifar10-train", "training", maxTrain),
                    Read(folder, TestFiles, "cifar10-test", "test", maxTest));
        }

        if (!locations.GeneratedOnly)
        {
            output.WriteLine(
                $"CIFAR-10 is not here ({string.Join(", ", locations.FoldersOf(FolderName))}): generated shapes stand in. "
                + "For the real images: unpack the binary version there.");
        }

        return (ColoredShapes.Create(Math.Min(GeneratedTrain, maxTrain), seed: 1),
                ColoredShapes.Create(Math.Min(GeneratedTest, maxTest), seed: 2));
    }

    private static Dataset Read(string folder, string[] files, string name, string part, int max)
    {
        var count = Math.Min(max, files.Length * CifarRecords.InFile);
        var records = new CifarRecords(count);
        foreach (var file in files)
        {
            records.Append(Path.Combine(folder, file));
        }

        var of = count < files.Length * CifarRecords.InFile ? $" of {files.Length * CifarRecords.InFile:N0}" : "";
        return records.ToDataset(Names, name, $"CIFAR-10 {part} images ({count:N0}{of})");
    }
}
