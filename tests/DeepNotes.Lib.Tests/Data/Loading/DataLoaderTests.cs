using System.Text.Json;

namespace DeepNotes.Tests.Data;

public sealed class DataLoaderTests
{
    private static readonly Dataset Blobs = Toy.Blobs(count: 101, centres: 5);

    public static TheoryData<Action, string> Errors => new()
    {
        { () => _ = new DataLoader(Blobs.Take(0)), "'blobs': expected at least 1 sample, got none" },
        { () => _ = new DataLoader(Blobs, 0), "at least 1 sample in a batch, got 0" },
        { () => _ = new DataLoader(Blobs, 102) { DropLast = true }.First(), "101 samples give no full batch of 102" },
        { () => Resumed(new DataLoaderState(1, 0, 0, 100, 8)), "expected the state of a loader of 101 samples in batches of 8" },
        { () => Resumed(new DataLoaderState(1, 0, 0, 101, 9)), "in batches of 8" },
        { () => Resumed(new DataLoaderState(1, 0, 14, 101, 8)), "at position 0 to 13" },
        { () => Resumed(new DataLoaderState(1, 0, -1, 101, 8)), "at position 0 to 13" },
        { () => Resumed(new DataLoaderState(1, -1, 0, 101, 8)), "Epoch = -1" },
        { InterleavedLoops, "another loop over it" },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void Misuse_is_explained(Action action, string expected) =>
        Assert.Contains(expected, Assert.ThrowsAny<Exception>(action).Message, StringComparison.Ordinal);

    [Fact]
    public void Shuffled_batches_hold_every_sample_with_its_own_label()
    {
        var inputs = Blobs.Inputs.ToArray();

        var batches = new DataLoader(Blobs, 8, seed: 3).ToArray();

        Assert.NotEqual(Enumerable.Range(0, 8), batches[0].Indices);
        Assert.Equal(Enumerable.Range(0, 101), batches.SelectMany(batch => batch.Indices).Order());
        Assert.All(batches, batch =>
        {
            Assert.Equal(batch.Indices.Select(i => i % 5), batch.Labels);
            Assert.Equal(batch.Indices.SelectMany(i => new[] { inputs[2 * i], inputs[2 * i + 1] }), batch.Inputs.ToArray());
        });
    }

    [Theory]
    [InlineData(false, 13, 5)]
    [InlineData(true, 12, 8)]
    public void The_last_batch_is_smaller_or_dropped(bool dropLast, int batches, int last)
    {
        var loader = new DataLoader(Blobs, 8) { DropLast = dropLast };

        Assert.Equal(batches, loader.BatchesPerEpoch);
        Assert.Equal((batches, last), (loader.Count(), loader.Last().Count));
    }

    [Fact]
    public void Each_epoch_has_a_different_order()
    {
        var loader = new DataLoader(Blobs, 101);

        var (first, second) = (loader.Single().Indices, loader.Single().Indices);

        Assert.NotEqual(first, second);
        Assert.Equal(first, new DataLoader(Blobs, 101).Single().Indices);
        Assert.NotEqual(first, new DataLoader(Blobs, 101, seed: 1).Single().Indices);
        Assert.Equal((2, 0), (loader.State.Epoch, loader.State.Position));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(5, true)]
    [InlineData(3, false)]
    public void Prefetch_and_a_stop_at_any_batch_change_nothing(int prefetch, bool shuffle)
    {
        var expected = Values(Loader(0), 39);

        Assert.Equal(expected, Values(Loader(prefetch), 39));
        foreach (var stop in (int[])[1, 12, 13, 14, 30])
        {
            var stopped = Loader(prefetch);
            var before = Values(stopped, stop);
            var resumed = Loader(prefetch, seed: 99);
            resumed.State = JsonSerializer.Deserialize<DataLoaderState>(JsonSerializer.Serialize(stopped.State))!;

            Assert.Equal(expected, before.Concat(Values(resumed, 39 - stop)));
        }

        DataLoader Loader(int ahead, ulong seed = 4) => new(Blobs, 8, seed)
        {
            Shuffle = shuffle,
            Prefetch = ahead,
            Augmentations = [new RandomNoise(0.5), new Mixup()],
        };
    }

    [Fact]
    public void A_loop_that_was_left_is_continued()
    {
        var loader = new DataLoader(Blobs, 8) { Prefetch = 2 };

        var seen = loader.Take(3).Concat(loader.Take(100)).SelectMany(batch => batch.Indices);

        Assert.Equal(Enumerable.Range(0, 101), seen.Order());
    }

    [Fact]
    public void A_failure_on_the_other_thread_is_rethrown()
    {
        var loader = new DataLoader(Blobs, 8) { Prefetch = 2, Augmentations = [new RandomFlip()] };

        Assert.Contains("RandomFlip: expected images", Assert.Throws<ShapeException>(() => loader.First()).Message, StringComparison.Ordinal);
    }

    private static float[] Values(DataLoader loader, int batches)
    {
        var values = new List<float>();
        while (batches > 0)
        {
            foreach (var batch in loader.Take(batches))
            {
                values.AddRange([.. batch.Inputs.ToArray(), .. batch.Targets.ToArray()]);
                batches--;
            }
        }

        return [.. values];
    }

    private static void Resumed(DataLoaderState state) => new DataLoader(Blobs, 8).State = state;

    private static void InterleavedLoops()
    {
        var loader = new DataLoader(Blobs, 8);
        foreach (var batch in loader)
        {
            Assert.NotEqual(batch, loader.First());
        }
    }
}
