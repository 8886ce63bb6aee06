using System.Security.Cryptography;

namespace DeepNotes.Tests.Data;

public sealed class GeneratedDataTests
{
    public static TheoryData<string, Func<ulong, Dataset>, Shape> All => new()
    {
        { "adding problem: 40 samples [30, 2], targets [1] (generated, seed 7)", seed => Sequences.AddingProblem(40, 30, seed), [40, 30, 2] },
        { "copy memory: 40 samples [25, 6], targets [25, 5] (generated, seed 7)", seed => Sequences.CopyMemory(40, 15, 5, 4, seed), [40, 25, 6] },
        { "coloured shapes: 40 samples [3, 32, 32], 10 classes (generated shapes (40, seed 7))", seed => ColoredShapes.Create(40, seed), [40, 3, 32, 32] },
        { "rotating line: 40 samples [2], 2 classes (generated, seed 7)", seed => DriftingStream.Rotating(40, seed: seed), [40, 2] },
        { "SEA: 40 samples [3], 2 classes (generated, seed 7)", seed => DriftingStream.Sea(40, seed: seed), [40, 3] },
        { "sparse text: 40 samples [90], 3 classes (generated, seed 7)", seed => SparseText.Create(40, 90, 3, seed: seed), [40, 90] },
    };

    public static TheoryData<Action> Errors =>
    [
        () => Sequences.AddingProblem(0),
        () => Sequences.AddingProblem(1, 1),
        () => Sequences.CopyMemory(1, delay: 0),
        () => Sequences.CopyMemory(1, symbols: 0),
        () => Sequences.CopyMemory(1, alphabet: 0),
        () => ColoredShapes.Create(-1),
        () => DriftingStream.Rotating(0),
        () => DriftingStream.Rotating(noise: 0.6),
        () => DriftingStream.Sea(noise: double.NaN),
        () => SparseText.Create(0),
        () => SparseText.Create(1, topic: 1.5),
    ];

    [Theory]
    [MemberData(nameof(All))]
    public void The_seed_determines_the_data(string description, Func<ulong, Dataset> create, Shape shape)
    {
        var data = create(7);

        Assert.Equal(description, data.ToString());
        Assert.Equal(shape, data.Inputs.Shape);
        Assert.Equal(data.Inputs.ToArray(), create(7).Inputs.ToArray());
        Assert.NotEqual(data.Inputs.ToArray(), create(8).Inputs.ToArray());
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public void Invalid_amounts_are_rejected(Action create) => Assert.Throws<ArgumentOutOfRangeException>(create);

    [Theory]
    [InlineData(2)]
    [InlineData(31)]
    public void The_sum_is_of_one_marked_value_in_each_half(int length)
    {
        var data = Sequences.AddingProblem(200, length, seed: 3);
        var inputs = data.Inputs.ToArray().Chunk(2 * length).ToArray();

        Assert.All(inputs.Zip(data.Targets.ToArray()), pair =>
        {
            var marked = Enumerable.Range(0, length).Where(t => pair.First[2 * t + 1] == 1).ToArray();
            Assert.True(marked is [var a, var b] && a < length / 2 && b >= length / 2);
            Assert.Equal(pair.Second, marked.Sum(t => pair.First[2 * t]), 1e-6f);
        });
    }

    [Fact]
    public void A_constant_answer_to_the_adding_problem_has_a_loss_of_one_sixth() =>
        Assert.InRange(Sequences.AddingProblem(5000, 20).Targets.ToArray().Average(y => (y - 1) * (y - 1)), 0.155, 0.178);

    [Fact]
    public void Symbols_come_back_after_the_signal()
    {
        var data = Sequences.CopyMemory(50, delay: 7, symbols: 3, alphabet: 4, seed: 2);
        var inputs = data.Inputs.ToArray().Chunk(6).Select(row => Array.IndexOf(row, 1)).Chunk(13).ToArray();
        var targets = data.Targets.ToArray().Chunk(5).Select(row => Array.IndexOf(row, 1)).Chunk(13).ToArray();

        Assert.All(inputs.Zip(targets), pair =>
        {
            Assert.All(pair.First[..3], symbol => Assert.InRange(symbol, 1, 4));
            Assert.Equal([0, 0, 0, 0, 0, 0, 5, 0, 0, 0], pair.First[3..]);
            Assert.Equal([.. new int[10], .. pair.First[..3]], pair.Second);
        });
        Assert.Equal(4, inputs.SelectMany(row => row[..3]).Distinct().Count());
    }

    [Fact]
    public void Shapes_are_the_same_bytes_on_every_machine()
    {
        var data = ColoredShapes.Create(200, seed: 1);

        var bytes = Array.ConvertAll(data.Inputs.ToArray(), value => (byte)Math.Round(255 * value));
        Assert.Equal(
            "d162520fac4d13fd9e32db8776a19c559a6f7215090f690dccbf882471c3e239",
            Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Assert.Equal(data.Take(20).Inputs.ToArray(), ColoredShapes.Create(20, seed: 1).Inputs.ToArray());
    }

    [Fact]
    public void All_shapes_occur_and_colour_carries_no_information()
    {
        var data = ColoredShapes.Create(1500, seed: 4);
        var images = data.Inputs.ToArray().Chunk(3072).ToArray();

        foreach (var label in Enumerable.Range(0, 10))
        {
            var own = Enumerable.Range(0, 1500).Where(i => data.Labels[i] == label).ToArray();
            Assert.InRange(own.Length, 100, 200);

            // The brightest pixel belongs to the shape; the mean of its colour over a class is grey.
            var inks = own.Select(i => Enumerable.Range(0, 1024).MaxBy(p => images[i][p] + images[i][p + 1024] + images[i][p + 2048]))
                .Zip(own, (p, i) => (float[])[images[i][p], images[i][p + 1024], images[i][p + 2048]]).ToArray();
            var means = Enumerable.Range(0, 3).Select(channel => inks.Average(ink => ink[channel])).ToArray();
            Assert.InRange(means.Max() - means.Min(), 0, 0.2);
        }
    }

    [Fact]
    public void The_rule_of_a_stream_changes_with_time()
    {
        var turning = DriftingStream.Rotating(4000, turns: 0.5, noise: 0, seed: 1);
        double ShareOfRight(Range range) => Enumerable.Range(0, 4000).Take(range).Average(
            i => (turning.Inputs[i, 0] > 0) == (turning.Labels[i] == 1) ? 1.0 : 0);
        Assert.True(ShareOfRight(..200) > 0.95 && ShareOfRight(3800..) < 0.05);

        var sea = DriftingStream.Sea(8000, noise: 0, seed: 1);
        Assert.All(
            new[] { 8, 9, 7, 9.5 }.Index(),
            concept => Assert.All(
                Enumerable.Range(2000 * concept.Index, 2000),
                i => Assert.Equal((double)sea.Inputs[i, 0] + sea.Inputs[i, 1] <= concept.Item, sea.Labels[i] == 1)));
    }

    [Fact]
    public void Noise_is_the_fraction_of_wrong_labels()
    {
        var (clean, noisy) = (DriftingStream.Sea(10_000, noise: 0), DriftingStream.Sea(10_000, noise: 0.1));

        Assert.InRange(clean.Labels.Zip(noisy.Labels).Average(pair => pair.First == pair.Second ? 0.0 : 1), 0.09, 0.11);
    }

    [Fact]
    public void Word_frequencies_follow_Zipf_and_differ_between_classes()
    {
        var data = SparseText.Create(3000, vocabulary: 500, classes: 2, length: 50, topic: 0, seed: 1);
        var counts = data.Inputs.ToArray();
        double Share(int word) => Enumerable.Range(0, 3000).Sum(i => counts[i * 500 + word]) / 150_000.0;

        Assert.Equal(150_000, counts.Sum());
        Assert.InRange(Share(0) / Share(9), 9, 11);
        Assert.InRange(counts.Count(count => count == 0) / (double)counts.Length, 0.9, 1);

        Assert.InRange(DifferenceOfClasses(topic: 0), 0, 6);
        Assert.InRange(DifferenceOfClasses(topic: 0.5), 15, 50);
    }

    /// <summary>The distance of the mean documents of two classes, as the number of differing words out of 50.</summary>
    private static double DifferenceOfClasses(double topic)
    {
        var data = SparseText.Create(1000, vocabulary: 500, classes: 2, length: 50, topic, seed: 1);
        var sums = new double[2, 500];
        foreach (var (i, words) in data.Inputs.ToArray().Chunk(500).Index())
        {
            var share = 1.0 / data.Labels.Count(label => label == data.Labels[i]);
            for (var word = 0; word < 500; word++)
            {
                sums[data.Labels[i], word] += share * words[word];
            }
        }

        return Enumerable.Range(0, 500).Sum(word => Math.Abs(sums[0, word] - sums[1, word])) / 2;
    }
}
