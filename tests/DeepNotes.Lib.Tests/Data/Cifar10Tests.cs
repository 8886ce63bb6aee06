namespace DeepNotes.Tests.Data;

public sealed class Cifar10Tests : IDisposable
{
    private const int FileBytes = 10_000 * 3073;

    private readonly TemporaryFolder _own = new();
    private readonly StringWriter _output = new();

    [Theory]
    [InlineData("")]
    [InlineData("cifar-10-batches-bin")]
    public void Records_are_labels_and_planes(string folder)
    {
        WriteAll(folder);

        var (train, test) = Load(maxTrain: 10_002, maxTest: 3);

        Assert.Equal("cifar10-train: 10,002 samples [3, 32, 32], 10 classes (CIFAR-10 training images (10,002 of 50,000))", train.ToString());
        Assert.Equal((3, "CIFAR-10 test images (3 of 10,000)"), (test.Count, test.Origin));
        Assert.Equal([0, 1, 2], test.Labels);
        Assert.Equal([9, 0, 1], train.Labels[9_999..]);
        Assert.Equal((1 / 255f, 2 / 255f, 3 / 255f), (train.Inputs[10_000, 0, 0, 0], train.Inputs[10_000, 1, 31, 31], train.Inputs[10_000, 2, 5, 5]));
        Assert.Equal("airplane", train.Classes[0]);
        Assert.Empty(_output.ToString());
    }

    [Theory]
    [InlineData("data_batch_3.bin", FileBytes - 1, 0, "expected 10,000 records of 3,073 bytes, 30,730,000 in all, got 30,729,999")]
    [InlineData("test_batch.bin", 0, 0, "got 0")]
    [InlineData("test_batch.bin", FileBytes, 10, "record 0: expected a label from 0 to 9, got 10")]
    [InlineData("data_batch_5.bin", -1, 0, "the file is missing; unpack the binary version again")]
    public void An_invalid_file_is_named(string file, int length, byte firstLabel, string expected)
    {
        WriteAll("");
        var path = System.IO.Path.Combine(_own.Path, "cifar10", file);
        File.Delete(path);
        if (length >= 0)
        {
            var bytes = new byte[length];
            bytes.AsSpan(0, Math.Min(1, length)).Fill(firstLabel);
            File.WriteAllBytes(path, bytes);
        }

        var message = Assert.Throws<InvalidDataException>(() => Load(maxTrain: 5, maxTest: 5)).Message;

        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Contains(file, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_files_generated_shapes_are_used_and_one_line_is_printed_unless_requested(bool generatedOnly)
    {
        var (train, test) = Cifar10.Load(Locations() with { GeneratedOnly = generatedOnly }, 20, 10, _output);

        Assert.Equal(ColoredShapes.Create(20, seed: 1).Inputs.ToArray(), train.Inputs.ToArray());
        Assert.Equal((20, 10), (train.Count, test.Count));
        Assert.Equal(generatedOnly ? 0 : 1, _output.ToString().Count(c => c == '\n'));
    }

    [Fact]
    public void The_fingerprint_tells_whether_it_is_there()
    {
        Assert.Equal("generated", DataCatalog.FingerprintAt(Locations()));
        Assert.Equal("absent", StateOf("cifar10"));
        WriteAll("");

        Assert.Equal("generated+cifar10", DataCatalog.FingerprintAt(Locations()));
        Assert.Contains("cifar10", StateOf("cifar10"), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _own.Dispose();
        _output.Dispose();
    }

    private string StateOf(string name) => DataCatalog.EntriesAt(Locations()).Single(entry => entry.Name == name).State;

    private (Dataset Train, Dataset Test) Load(int maxTrain, int maxTest) => Cifar10.Load(Locations(), maxTrain, maxTest, _output);

    private DataLocations Locations() => new(_own.Path, _own.File("no-cache"), GeneratedOnly: false, Offline: true);

    /// <summary>Label i mod 10; planes of 1, 2 and 3.</summary>
    private void WriteAll(string folder)
    {
        var bytes = new byte[FileBytes];
        for (var i = 0; i < 10_000; i++)
        {
            var record = bytes.AsSpan(i * 3073, 3073);
            record[0] = (byte)(i % 10);
            for (var channel = 0; channel < 3; channel++)
            {
                record.Slice(1 + channel * 1024, 1024).Fill((byte)(channel + 1));
            }
        }

        var path = Directory.CreateDirectory(System.IO.Path.Combine(_own.Path, "cifar10", folder)).FullName;
        foreach (var file in (string[])["data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch"])
        {
            File.WriteAllBytes(System.IO.Path.Combine(path, file + ".bin"), bytes);
        }
    }
}
