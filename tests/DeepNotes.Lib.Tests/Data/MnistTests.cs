namespace DeepNotes.Tests.Data;

public sealed class MnistTests : IDisposable
{
    private readonly TemporaryFolder _own = new();
    private readonly TemporaryFolder _cache = new();
    private readonly StringWriter _output = new();

    [Theory]
    [InlineData("-idx", ".gz")]
    [InlineData("-idx", "")]
    [InlineData(".idx", ".gz")]
    [InlineData(".idx", "")]
    public void Files_are_found_under_their_usual_names(string separator, string ending)
    {
        WritePart(_own, "train", 30, separator, ending);
        WritePart(_own, "t10k", 20, separator, ending);

        var (train, test) = Load();

        Assert.Equal("mnist-train: 30 samples [1, 28, 28], 10 classes (MNIST training images (30))", train.ToString());
        Assert.Equal("mnist-test: 20 samples [1, 28, 28], 10 classes (MNIST test images (20))", test.ToString());
        Assert.Equal(Enumerable.Range(0, 30).Select(i => i % 10), train.Labels);
        Assert.Equal(7 / 255f, train.Inputs[7, 0, 27, 27]);
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public void Test_images_alone_are_divided_four_to_one()
    {
        WritePart(_own, "t10k", 20);

        var (train, test) = Load();

        Assert.Equal((16, 4), (train.Count, test.Count));
        Assert.Equal("MNIST test images (16 of 20)", train.Origin);
        Assert.Equal("MNIST test images (4 of 20)", test.Origin);
        Assert.Equal(16 / 255f, test.Inputs[0, 0, 0, 0]);
    }

    [Fact]
    public void At_most_the_requested_numbers_are_loaded()
    {
        WritePart(_own, "train", 30);
        WritePart(_own, "t10k", 20);

        var (train, test) = Mnist.Load(Locations(), 5, 100, _ => "unused", _output);

        Assert.Equal((5, 20), (train.Count, test.Count));
        Assert.Equal("MNIST training images (5 of 30)", train.Origin);
    }

    [Fact]
    public void The_readers_folder_takes_precedence_over_the_cache()
    {
        WritePart(_own, "t10k", 10);
        WritePart(_cache, "t10k", 20);

        Assert.Equal(8, Load().Train.Count);
        Assert.Equal(16, Mnist.Load(Locations() with { Folder = null }, 100, 100, _ => "unused", _output).Train.Count);
    }

    [Fact]
    public void A_download_is_tried_if_nothing_is_found_and_used_if_it_succeeds()
    {
        var (train, _) = Mnist.Load(Locations() with { Offline = false }, 100, 100, Download, _output);

        Assert.Equal("MNIST test images (8 of 10)", train.Origin);

        string? Download(TextWriter output)
        {
            WritePart(_cache, "t10k", 10);
            return null;
        }
    }

    [Theory]
    [InlineData(false, "no network at all")]
    [InlineData(true, "DEEPNOTES_OFFLINE=1 forbids the download")]
    public void Without_files_generated_digits_are_used_and_one_line_is_printed(bool offline, string reason)
    {
        var locations = Locations() with { Offline = offline };

        var (train, test) = Mnist.Load(locations, 40, 20, _ => "no network at all", _output);

        Assert.Equal((40, 20), (train.Count, test.Count));
        Assert.Equal("generated digits (40, seed 1)", train.Origin);
        Assert.Single(_output.ToString().TrimEnd().Split('\n'));
        Assert.All(
            [reason, _own.Path, _cache.Path, "./deepnotes data get mnist"],
            part => Assert.Contains(part, _output.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Generated_digits_on_request_are_used_silently_even_with_files()
    {
        WritePart(_cache, "t10k", 20);
        var locations = Locations() with { GeneratedOnly = true, Offline = false };

        var (train, test) = Mnist.Load(locations, 40, 20, _ => throw new InvalidOperationException("no download"), _output);

        Assert.Equal((40, 20), (train.Count, test.Count));
        Assert.NotEqual(train.Inputs.ToArray()[..784], test.Inputs.ToArray()[..784]);
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public void Labels_that_do_not_match_the_images_are_rejected()
    {
        WritePart(_own, "t10k", 20);
        Idx.Write(PathOf(_own, "t10k-labels-idx1-ubyte"), new byte[19], [19]);
        File.Delete(PathOf(_own, "t10k-labels-idx1-ubyte.gz"));

        Assert.Contains(
            "expected 19 × 28 × 28",
            Assert.Throws<InvalidDataException>(() => Load()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_above_nine_is_rejected()
    {
        WritePart(_own, "t10k", 2);
        Idx.Write(PathOf(_own, "t10k-labels-idx1-ubyte.gz"), [3, 10], [2], gzip: true);

        Assert.Contains(
            "expected 0 to 9, got 10 at 1",
            Assert.Throws<InvalidDataException>(() => Load()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_is_an_error_and_not_replaced_by_generated_digits()
    {
        WritePart(_own, "t10k", 20);
        File.WriteAllBytes(PathOf(_own, "t10k-images-idx3-ubyte.gz"), [1, 2, 3, 4]);

        Assert.Contains(
            "not an IDX file",
            Assert.Throws<InvalidDataException>(() => Load()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_download_is_downloaded_again()
    {
        WritePart(_cache, "t10k", 20);
        File.WriteAllBytes(PathOf(_cache, "t10k-images-idx3-ubyte.gz"), [1, 2, 3, 4]);
        var locations = Locations() with { Folder = null, Offline = false };

        Assert.Contains(
            $"delete {PathOf(_cache, "").TrimEnd('/', '\\')}",
            Assert.Throws<InvalidDataException>(() => Mnist.Load(locations, 100, 100, _ => "no network", _output)).Message,
            StringComparison.Ordinal);
        Assert.Equal(16, Mnist.Load(locations, 100, 100, Download, _output).Train.Count);

        string? Download(TextWriter output)
        {
            WritePart(_cache, "t10k", 20);
            return null;
        }
    }

    [Theory]
    [InlineData(new string[0], "generated", "absent")]
    [InlineData(new[] { "train" }, "generated", "absent")]
    [InlineData(new[] { "t10k" }, "mnist-10000", "the 10,000 test images in ")]
    [InlineData(new[] { "train", "t10k" }, "mnist-70000", "all 70,000 in ")]
    public void Catalogue_and_fingerprint_say_what_is_there(string[] parts, string fingerprint, string state)
    {
        foreach (var part in parts)
        {
            WritePart(_own, part, 10);
        }

        Assert.Equal(fingerprint, DataCatalog.FingerprintAt(Locations()));
        Assert.StartsWith(state, DataCatalog.EntriesAt(Locations())[0].State, StringComparison.Ordinal);
        Assert.Equal("generated", DataCatalog.FingerprintAt(Locations() with { GeneratedOnly = true }));
    }

    public void Dispose()
    {
        _own.Dispose();
        _cache.Dispose();
        _output.Dispose();
    }

    /// <summary>Image i has the value i in every pixel and the label i mod 10.</summary>
    private static void WritePart(
        TemporaryFolder folder, string part, int count, string separator = "-idx", string ending = ".gz")
    {
        Directory.CreateDirectory(PathOf(folder, ""));
        byte[] pixels = [.. Enumerable.Range(0, count * 784).Select(i => (byte)(i / 784))];
        byte[] labels = [.. Enumerable.Range(0, count).Select(i => (byte)(i % 10))];
        Idx.Write(PathOf(folder, $"{part}-images{separator}3-ubyte{ending}"), pixels, [count, 28, 28], ending == ".gz");
        Idx.Write(PathOf(folder, $"{part}-labels{separator}1-ubyte{ending}"), labels, [count], ending == ".gz");
    }

    private static string PathOf(TemporaryFolder folder, string file) => Path.Combine(folder.Path, "mnist", file);

    private (Dataset Train, Dataset Test) Load() =>
        Mnist.Load(Locations(), int.MaxValue, int.MaxValue, _ => "unused", _output);

    private DataLocations Locations() => new(_own.Path, _cache.Path, GeneratedOnly: false, Offline: true);
}
