using DeepNotes.Tests.Data;

namespace DeepNotes.Tests.Training.Resuming;

public sealed class CheckpointErrorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("run.safetensors");

    public static TheoryData<string, Func<Trainer>> Others() => new()
    {
        { "0.Weight is [8, 2] in it and [9, 2] here", () => Silent(Runs.Net(hidden: 9), new Adam()) },
        { "it has no 5.Weight", () => Silent([.. Runs.Net(), new Linear(2, 2)], new Adam()) },
        { "it also has 4.Linear.Bias", () => Silent([.. Runs.Net().Take(4)], new Adam()) },
        { "its random layers are", () => Silent([.. Runs.Net(), new Dropout()], new Adam()) },
        { "Restore: the snapshot does not fit: it is of Adam", () => Silent(Runs.Net(), new SGD(0.1f)) },
        { "the callback EarlyStopping 1, which this trainer has not", () => new Trainer(Runs.Net(), new Adam(), Loss.CrossEntropy) },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void A_checkpoint_of_another_training_is_rejected_and_nothing_changes(string expected, Func<Trainer> other)
    {
        Save();
        AssertRefused<CheckpointException>(expected, other());
    }

    public static TheoryData<double> Places { get; } = [0.0001, 0.1, 0.3, 0.6, 0.9, 0.9999];

    [Theory]
    [MemberData(nameof(Places))]
    public void A_truncated_file_is_rejected_and_nothing_changes(double share)
    {
        Save();
        var bytes = System.IO.File.ReadAllBytes(File);
        System.IO.File.WriteAllBytes(File, bytes[..(int)(share * bytes.Length)]);
        AssertRefused<WeightFileException>("", Silent(Runs.Net(), new Adam()));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void A_changed_byte_is_detected_and_nothing_changes(double share)
    {
        Save();
        var bytes = System.IO.File.ReadAllBytes(File);
        bytes[(int)(share * bytes.Length)] ^= 1;
        System.IO.File.WriteAllBytes(File, bytes);
        AssertRefused<IOException>("", Silent(Runs.Net(), new Adam()));
    }

    [Fact]
    public void A_changed_number_in_the_metadata_is_detected()
    {
        Save();
        var text = System.Text.Encoding.Latin1.GetString(System.IO.File.ReadAllBytes(File));
        Assert.Contains("\\\"Position\\\":3", text, StringComparison.Ordinal);
        System.IO.File.WriteAllBytes(File, System.Text.Encoding.Latin1.GetBytes(text.Replace("\\\"Position\\\":3", "\\\"Position\\\":4", StringComparison.Ordinal)));
        AssertRefused<CheckpointException>("its checksum is wrong", Silent(Runs.Net(), new Adam()));
    }

    [Fact]
    public void A_weight_file_is_not_a_checkpoint()
    {
        Runs.Net().Save(File);
        AssertRefused<CheckpointException>("Weights alone are read by Network.Load", Silent(Runs.Net(), new Adam()));
    }

    [Fact]
    public void A_missing_file_is_named() => AssertRefused<WeightFileException>(File, Silent(Runs.Net(), new Adam()));

    [Theory]
    [InlineData(16, 90)]
    [InlineData(20, 100)]
    public void Other_data_and_batch_sizes_are_rejected_when_training_resumes(int batchSize, int samples)
    {
        Save();
        var trainer = Silent(Runs.Net(), new Adam());
        trainer.Resume(File);
        var error = Assert.Throws<ArgumentException>(() => trainer.Fit(Runs.Train.Take(samples), 5, batchSize));
        Assert.Contains("expected the state of a loader of", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, trainer.History.StepLosses.Count);
        Assert.Equal(5, Runs.Fit(trainer).Epochs.Count);
    }

    [Fact]
    public void Without_training_there_is_nothing_to_save() => Assert.Contains(
        "Network.Save", Assert.Throws<InvalidOperationException>(() => Runs.Trainer().Save(File)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_checkpoint_that_cannot_be_written_leaves_the_earlier_one()
    {
        Save();
        var before = System.IO.File.ReadAllBytes(File);
        var trainer = Runs.Trainer(1, new Checkpoint(_folder.File(Path.Combine("missing", "run"))));
        Assert.Throws<WeightFileException>(() => Runs.Fit(trainer, 1));
        Assert.Equal(TrainingEnd.Failed, trainer.History.End);
        Assert.Equal(before, System.IO.File.ReadAllBytes(File));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    public void Dispose() => _folder.Dispose();

    private static Trainer Silent(Sequential network, Optimizer optimizer) =>
        new(network, optimizer, Loss.CrossEntropy) { ShowsProgress = false, Callbacks = [new EarlyStopping()] };

    private void Save()
    {
        using var cancel = new CancelAfter(3);
        Runs.StopAndSave(Runs.Trainer(1, new EarlyStopping(), cancel), cancel, File);
    }

    private void AssertRefused<T>(string expected, Trainer trainer)
        where T : Exception
    {
        var (weights, numbers) = (Runs.Weights(trainer.Network), trainer.Optimizer.Save(trainer.Network.Parameters).Numbers);
        var error = Assert.ThrowsAny<T>(() => trainer.Resume(File));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(File, error.Message, StringComparison.Ordinal);
        Assert.Equal(weights, Runs.Weights(trainer.Network));
        Assert.Equal(numbers, trainer.Optimizer.Save(trainer.Network.Parameters).Numbers);
        Assert.Empty(trainer.History.StepLosses);
    }
}
