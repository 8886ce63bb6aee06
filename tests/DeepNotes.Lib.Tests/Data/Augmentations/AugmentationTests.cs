namespace DeepNotes.Tests.Data;

public sealed class AugmentationTests
{
    private static readonly Dataset Digits = GeneratedDigits.Create(12, seed: 5);

    public static TheoryData<string, Augmentation> All => new()
    {
        { "flip", new RandomFlip() },
        { "shift", new RandomShift(3) },
        { "rotation", new RandomRotation(20) },
        { "scale", new RandomScale(0.8, 1.3) },
        { "elastic", new ElasticDistortion() },
        { "cutout", new Cutout(9) },
        { "noise", new RandomNoise(0.1) },
        { "mixup", new Mixup(1) },
    };

    public static TheoryData<string, Augmentation> WithoutEffect => new()
    {
        { "flip", new RandomFlip(0) },
        { "shift", new RandomShift(0) },
        { "rotation", new RandomRotation(0) },
        { "scale", new RandomScale(1, 1) },
        { "elastic", new ElasticDistortion(alpha: 0) },
        { "noise", new RandomNoise(0) },
    };

    public static TheoryData<Action, string> Errors => new()
    {
        { () => _ = new RandomFlip(1.1), "RandomFlip: expected 'probability' at least 0 and at most 1, got 1.1" },
        { () => _ = new RandomShift(-1), "RandomShift: expected 'maximum' at least 0" },
        { () => _ = new RandomRotation(double.NaN), "'maximumDegrees' at least 0 and at most 180, got NaN" },
        { () => _ = new RandomScale(0, 1), "RandomScale: expected 'from' at least 0.01, got 0" },
        { () => _ = new RandomScale(1.2, 0.8), "RandomScale: expected 'to' at least 1.2, got 0.8" },
        { () => _ = new ElasticDistortion(-1), "ElasticDistortion: expected 'alpha' at least 0, got -1" },
        { () => _ = new ElasticDistortion(sigma: 0), "expected 'sigma' at least 0.1 and at most 100, got 0" },
        { () => _ = new Cutout(0), "Cutout: expected 'side' at least 1" },
        { () => _ = new RandomNoise(-0.1), "RandomNoise: expected 'deviation' at least 0" },
        { () => _ = new Mixup(0), "Mixup: expected 'alpha' at least 0.01 and at most 100, got 0" },
        { () => Augmented(Toy.Moons(), new RandomShift(1)), "RandomShift: expected images [N, C, H, W], got [400, 2]" },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void Misuse_is_explained(Action action, string expected) =>
        Assert.Contains(expected, Assert.ThrowsAny<Exception>(action).Message, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(All))]
    public void The_seed_determines_the_result_originals_are_unchanged_and_samples_differ(string name, Augmentation augmentation)
    {
        var before = Digits.Inputs.ToArray();

        var images = Augmented(Digits, augmentation, seed: 1);

        Assert.Equal(before, Digits.Inputs.ToArray());
        Assert.NotEqual(before, images);
        Assert.Equal(images, Augmented(Digits, augmentation, seed: 1));
        Assert.NotEqual(images, Augmented(Digits, augmentation, seed: 2));
        Assert.All(images, value => Assert.True(float.IsFinite(value), name));
        var copies = Augmented(Digits.Subset([.. new int[12]]), augmentation, seed: 1);
        Assert.True(name == "mixup" || copies.Chunk(784).DistinctBy(image => string.Join(' ', image)).Count() > 1, name);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Random_numbers_depend_on_the_index_of_a_sample_and_not_on_the_batch_size(string name, Augmentation augmentation)
    {
        if (name != "mixup")
        {
            Assert.Equal(Augmented(Digits, augmentation, batchSize: 12), Augmented(Digits, augmentation, batchSize: 5));
        }
    }

    [Theory]
    [MemberData(nameof(WithoutEffect))]
    public void Neutral_settings_leave_the_image_unchanged(string name, Augmentation augmentation) =>
        Assert.True(Digits.Inputs.ToArray().SequenceEqual(Augmented(Digits, augmentation)), name);

    [Fact]
    public void A_flip_mirrors_every_plane() =>
        Assert.Equal<float>([2, 1, 4, 3, 6, 5, 8, 7], Augmented(Image([1, 2, 3, 4, 5, 6, 7, 8], 2, 2, 2), new RandomFlip(1)));

    [Fact]
    public void A_shift_moves_by_whole_pixels_and_repeats_the_edge()
    {
        var shifted = Many(Image([1, 2, 3], 1, 1, 3), new RandomShift(1));

        Assert.Equal(["1 1 2", "1 2 3", "2 3 3"], shifted.Select(image => string.Join(' ', image)).Distinct().Order());
    }

    [Fact]
    public void A_rotation_keeps_distances_from_the_centre()
    {
        var rings = new float[21 * 21];
        for (var i = 0; i < rings.Length; i++)
        {
            rings[i] = MathF.Exp(-(MathF.Pow(i / 21 - 10, 2) + MathF.Pow(i % 21 - 10, 2)) / 20);
        }

        Assert.All(
            Many(Image(rings, 1, 21, 21), new RandomRotation(180)),
            image => Assert.All(image.Zip(rings), pair => Assert.Equal(pair.Second, pair.First, 0.02f)));
    }

    [Fact]
    public void Twice_the_scale_is_half_the_distance()
    {
        var image = Augmented(Image([0, 1, 2, 3, 4], 1, 1, 5), new RandomScale(2, 2));

        Assert.Equal<float>([1, 1.5f, 2, 2.5f, 3], image);
    }

    [Theory]
    [InlineData(1, 34)]
    [InlineData(4, 34)]
    public void Elastic_displacements_have_the_deviation_of_smoothed_noise(double sigma, double alpha)
    {
        // On a plane with slope 1, the change of a value is the displacement, away from the edges.
        const int side = 64;
        var slope = Image([.. Enumerable.Range(0, side * side).Select(i => (float)(i % side))], 1, side, side);
        var middle = Many(slope, new ElasticDistortion(alpha, sigma)).Take(12)
            .SelectMany(image => Enumerable.Range(0, side * side)
                .Where(i => i % side is > 24 and < 40 && i / side is > 12 and < 52)
                .Select(i => (double)image[i] - i % side))
            .ToArray();

        // Var = α²/3 · Σ w², and Σ w² = 1/(4πσ²) in the plane.
        var expected = alpha / Math.Sqrt(3 * 4 * Math.PI * sigma * sigma);
        Assert.InRange(Math.Sqrt(middle.Average(d => d * d)), 0.75 * expected, 1.25 * expected);
    }

    [Fact]
    public void A_cutout_covers_a_square_clipped_at_the_edge()
    {
        var images = Many(Image([.. Enumerable.Repeat(1f, 2 * 8 * 8)], 2, 8, 8), new Cutout(4));

        Assert.All(images, image =>
        {
            var rows = Enumerable.Range(0, 8).Select(y => image.Skip(8 * y).Take(8).Count(value => value == 0)).Where(n => n > 0).ToArray();
            Assert.Single(rows.Distinct());
            Assert.InRange(rows.Length, 2, 4);
            Assert.InRange(rows[0], 2, 4);
            Assert.Equal(image.Take(64), image.Skip(64));
        });
        Assert.Contains(images, image => image.Take(64).Count(value => value == 0) == 16);
    }

    [Fact]
    public void Noise_has_its_deviation()
    {
        var noise = Augmented(new Dataset(Tensor.Zeros([100, 50]), new int[100]), new RandomNoise(0.3));

        Assert.InRange(Math.Sqrt(noise.Average(value => (double)value * value)), 0.29, 0.31);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(1)]
    [InlineData(4)]
    public void Mixup_blends_inputs_and_targets_alike(double alpha)
    {
        // The input equals the label, so that the mixture must equal its soft target.
        var labels = Enumerable.Range(0, 4000).Select(i => i % 2).ToArray();
        var data = new Dataset(Tensor.From([.. labels.Select(label => (float)label)], [4000, 1]), labels);

        var batch = new DataLoader(data, 4000) { Augmentations = [new Mixup(alpha)] }.Single();

        var (inputs, targets) = (batch.Inputs.ToArray(), batch.Targets.ToArray());
        Assert.All(Enumerable.Range(0, 4000), i =>
        {
            Assert.Equal(inputs[i], targets[2 * i + 1], 1e-6f);
            Assert.Equal(1, targets[2 * i] + targets[2 * i + 1], 1e-6f);
            Assert.True(targets[2 * i + batch.Labels[i]] >= 0.5f);
        });

        // Var[λ] of Beta(α, α) is 1 / (4 (2α + 1)); where both labels differ, |x - ½| = |λ - ½|.
        var blended = inputs.Where(x => x is > 0 and < 1).ToArray();
        Assert.InRange(blended.Average(x => (x - 0.5) * (x - 0.5)), 0.85 / (4 * (2 * alpha + 1)), 1.15 / (4 * (2 * alpha + 1)));
    }

    [Fact]
    public void Mixup_blends_values_too()
    {
        var x = Tensor.From([.. Enumerable.Range(0, 64).Select(i => (float)i)], [64, 1]);

        var batch = new DataLoader(new Dataset(x, 3 * x), 64) { Augmentations = [new Mixup(1)] }.Single();

        Assert.All(batch.Inputs.ToArray().Zip(batch.Targets.ToArray()), pair => Assert.Equal(3 * pair.First, pair.Second, 1e-4f));
    }

    private static Dataset Image(float[] values, int channels, int height, int width) =>
        new(Tensor.From(values, [1, channels, height, width]), [0]);

    private static float[][] Many(Dataset image, Augmentation augmentation) =>
        [.. Augmented(image.Subset(new int[40]), augmentation).Chunk(image.Inputs.Length)];

    private static float[] Augmented(Dataset data, Augmentation augmentation, ulong seed = 0, int batchSize = 1000) =>
        [.. new DataLoader(data, batchSize, seed) { Shuffle = false, Augmentations = [augmentation] }
            .SelectMany(batch => batch.Inputs.ToArray())];
}
