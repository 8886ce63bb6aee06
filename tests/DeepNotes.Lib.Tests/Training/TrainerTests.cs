namespace DeepNotes.Tests.Training;

public sealed class TrainerTests
{
    private static readonly Dataset Points = new(
        Tensor.Normal([200, 2], seed: 1), [.. Tensor.Normal([200, 2], seed: 1).Slice(1, 0, 1).ToArray().Select(x => x > 0 ? 1 : 0)]);

    [Fact]
    public void A_line_is_learnt()
    {
        var trainer = new Trainer(Net(1), new SGD(0.5f), Loss.CrossEntropy);
        var history = trainer.Fit(Points, epochs: 20, batchSize: 20, validation: Points);
        Assert.Equal(200, history.StepLosses.Count);
        Assert.Equal(20, history.Epochs.Count);
        Assert.True(history.Last.ValidationAccuracy > 0.97);
        Assert.True(history.Last.Loss < history.Epochs[0].Loss / 2);
        Assert.Equal(history.Last.ValidationAccuracy, trainer.Evaluate(Points).Accuracy);
        Assert.Contains("Validation accuracy", history.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_regression_has_targets_and_no_accuracy()
    {
        var x = Tensor.Linspace(-1, 1, 50).Reshape(50, 1);
        var history = new Trainer(new Linear(1, 1, seed: 1), new SGD(0.5f), Loss.MeanSquaredError)
            .Fit(new Dataset(x, (3 * x) - 1), epochs: 50, batchSize: 10);
        Assert.True(history.Last.Loss < 1e-6);
        Assert.Null(history.Last.Accuracy);
        Assert.DoesNotContain("ccuracy", history.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_runs_with_the_same_seed_are_bit_identical()
    {
        static float[] Run(ulong seed) =>
            [.. new Trainer(Net(7), new Adam(), Loss.CrossEntropy).Fit(Points, 2, 16, seed: seed).StepLosses];
        Assert.Equal(Run(1), Run(1));
        Assert.NotEqual(Run(1), Run(2));
    }

    [Fact]
    public void Training_uses_mixed_batches_and_validation_unchanged_ones()
    {
        var trainer = new Trainer(Net(1), new SGD(0.5f), Loss.SoftCrossEntropy);
        var loader = new DataLoader(Points, 20) { Augmentations = [new Mixup()], Prefetch = 2 };
        var history = trainer.Fit(loader, epochs: 20, validation: Points);
        Assert.True(history.Last.ValidationAccuracy > 0.95);
        Assert.Equal(20, loader.State.Epoch);
    }

    [Fact]
    public void A_loader_continues_in_the_middle_of_an_epoch()
    {
        var loader = new DataLoader(Points, 20);
        loader.State = loader.State with { Position = 4 };
        var history = new Trainer(Net(1), new SGD(0.5f), Loss.CrossEntropy).Fit(loader, epochs: 2);
        Assert.Equal(6 + 10, history.StepLosses.Count);
    }

    [Fact]
    public void A_loss_that_is_not_finite_stops_training_with_position_and_advice()
    {
        var broken = new Dataset(Tensor.Full([4, 2], float.NaN), [0, 1, 0, 1]);
        var error = Assert.Throws<TrainingException>(() => new Trainer(Net(1), new SGD(0.1f), Loss.CrossEntropy).Fit(broken, 1));
        Assert.Contains("NaN at epoch 1, step 1", error.Message, StringComparison.Ordinal);
        Assert.Contains("learning rate", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 0)]
    public void Epochs_and_batches_must_be_positive(int epochs, int batchSize) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new Trainer(Net(1), new SGD(0.1f), Loss.CrossEntropy).Fit(Points, epochs, batchSize));

    [Fact]
    public void A_cancelled_training_stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(
            () => new Trainer(Net(1), new SGD(0.1f), Loss.CrossEntropy).Fit(Points, 1, cancellation: source.Token));
    }

    [Fact]
    public void A_confusion_matrix_counts_pairs()
    {
        var matrix = new ConfusionMatrix([0, 0, 1, 2], [0, 1, 1, 0], 3);
        Assert.Equal((1, 1, 1, 1), (matrix[0, 0], matrix[0, 1], matrix[1, 1], matrix[2, 0]));
        Assert.Equal(0.5, matrix.Accuracy);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConfusionMatrix([0], [3], 3));
        Assert.Throws<ShapeException>(() => new ConfusionMatrix([0, 1], [1], 3));
    }

    private static Sequential Net(ulong seed) => [new Linear(2, 2, seed: seed)];

    /// <summary>A network, the shape of a sample, the number of samples and the batch size: the last batch has one sample, which has no variance.</summary>
    public static TheoryData<Layer, int[], int, int> OneIsLeft() => new()
    {
        { new Sequential { new Linear(4, 8), new BatchNorm1d(8), new Linear(8, 2) }, [4], 129, 128 },
        { new Sequential { new Linear(4, 8), new BatchNorm1d(8), new ReLU(), new Linear(8, 2) }, [4], 3, 2 },
        { new Sequential { new Linear(4, 8), new BatchNorm1d(8), new Linear(8, 2) }, [4], 1, 128 },
        { new Sequential { new Linear(4, 8), new BatchNorm1d(8), new Linear(8, 2) }, [4], 5, 1 },
        { new Sequential { new Conv2d(1, 3, 4), new BatchNorm2d(3), new Flatten(), new Linear(3, 2) }, [1, 4, 4], 9, 4 },
    };

    [Theory]
    [MemberData(nameof(OneIsLeft))]
    public void A_last_batch_of_one_is_reported_before_the_first_step(Layer network, int[] sample, int count, int batchSize)
    {
        var before = network.Parameters[0].Value.ToArray();
        var trainer = new Trainer(network, new SGD(0.1f), Loss.CrossEntropy) { ShowsProgress = false };
        var error = Assert.Throws<ArgumentException>(() => trainer.Fit(new Dataset(Tensor.Normal([count, .. sample]), new int[count], ["a", "b"]), epochs: 1, batchSize));
        Assert.StartsWith($"Trainer.Fit: {count} samples in batches of {batchSize} leave a last batch of 1, but BatchNorm", error.Message, StringComparison.Ordinal);
        Assert.Contains("at 1 needs", error.Message, StringComparison.Ordinal);
        Assert.Contains("DropLast = true }, or choose another batch size", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, network.Parameters[0].Value.ToArray());
    }

    [Fact]
    public void A_last_batch_of_one_is_allowed_if_it_has_a_variance_or_is_dropped()
    {
        var images = new Dataset(Tensor.Normal([5, 1, 4, 4]), new int[5], ["a", "b"]);
        var convolutions = new Trainer(new Sequential { new Conv2d(1, 3, 3), new BatchNorm2d(3), new Flatten(), new Linear(12, 2) }, new SGD(0.1f), Loss.CrossEntropy) { ShowsProgress = false };
        Assert.Equal(3, convolutions.Fit(images, epochs: 1, batchSize: 2).StepLosses.Count);

        var rows = new Dataset(Tensor.Normal([5, 4]), new int[5], ["a", "b"]);
        var linear = new Trainer(new Sequential { new Linear(4, 3), new BatchNorm1d(3), new Linear(3, 2) }, new SGD(0.1f), Loss.CrossEntropy) { ShowsProgress = false };
        Assert.Equal(2, linear.Fit(new DataLoader(rows, 2) { DropLast = true }, epochs: 1).StepLosses.Count);
    }
}
