using DeepNotes.Backends;

namespace DeepNotes.Tests.Data;

public sealed class DatasetTests
{
    [Fact]
    public void Inputs_first_accessed_in_a_training_step_outlive_it()
    {
        var data = new Dataset(Tensor.From([1f, 2, 3], [3, 1]), [0, 1, 0]).Take(2);
        var memory = new StepMemory();
        using (memory.Step())
        {
            Assert.Equal([1, 2], data.Inputs.ToArray());
        }

        Assert.Equal([1, 2], data.Inputs.ToArray());
    }

    public static TheoryData<Action, string> Errors => new()
    {
        { () => _ = new Dataset(Tensor.Zeros([3, 2]), [0, 1]), "expected 3 labels, one for each row, got 2" },
        { () => _ = new Dataset(Tensor.Zeros([2, 2]), [0, -1]), "label -1 of sample 1" },
        { () => _ = new Dataset(Tensor.Zeros([2, 2]), [0, 2], ["a", "b"]), "label 2 of sample 1: expected 0 to 1" },
        { () => _ = new Dataset(Tensor.Zeros([3, 2]), Tensor.Zeros([2, 1])), "inputs [3, 2], got [2, 1]" },
        { () => _ = new Dataset(Tensor.Scalar(1), [0]), "[N, …], got shape []" },
        { () => Classified().Take(6), "Take of 'data': expected 0 to 5 samples, got 6" },
        { () => Classified().Split(-1), "Split of 'data': expected 0 to 5 samples, got -1" },
        { () => Classified().Split(1.5), "expected a fraction from 0 to 1, got 1.5" },
        { () => Classified().Split(double.NaN), "expected a fraction from 0 to 1, got NaN" },
        { () => Classified().Subset([0, 5]), "expected indices 0 to 4, got 5 at position 1" },
        { () => _ = Regression().Labels, "has Targets, not labels" },
        { () => _ = Classified().Targets, "has Labels, not targets" },
        { () => _ = InOrder(Regression(), 2)[0].Labels, "have Targets, not labels" },
        { () => Regression().WithInputs(Tensor.Zeros([4, 1])), "expected 4 targets, one for each of the inputs [4, 1], got [5, 1]" },
        { () => Classified().WithInputs(Tensor.Zeros([4, 1])), "expected 4 labels" },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void Misuse_is_explained(Action action, string expected) =>
        Assert.Contains(expected, Assert.ThrowsAny<Exception>(action).Message, StringComparison.Ordinal);

    [Fact]
    public void Batches_in_order_hold_every_sample_and_a_smaller_rest()
    {
        var batches = InOrder(Classified(), 2);

        Assert.Equal([2, 2, 1], batches.Select(batch => batch.Count));
        Assert.Equal([0, 1, 2, 3, 4], batches.SelectMany(batch => batch.Indices));
        Assert.Equal<float>([4, 5, 6, 7], batches[1].Inputs.ToArray());
        Assert.Equal<Shape>([2, 1, 2], batches[1].Inputs.Shape);
        Assert.Equal([2, 0], batches[1].Labels);
        Assert.Equal("batch of 2, inputs [2, 1, 2], labels", batches[1].ToString());
    }

    [Fact]
    public void Labels_are_targets_too_as_distributions()
    {
        var batch = InOrder(Classified(), 2)[1];

        Assert.True(batch.HasLabels);
        Assert.Equal<float>([0, 0, 1, 1, 0, 0], batch.Targets.ToArray());
    }

    [Fact]
    public void Other_inputs_keep_labels_and_targets()
    {
        var classified = Classified().WithInputs(Tensor.Zeros([5, 7]));
        var regression = Regression().WithInputs(Tensor.Zeros([5, 7]));

        Assert.Equal("data: 5 samples [7], 3 classes (given)", classified.ToString());
        Assert.Equal(Classified().Labels, classified.Labels);
        Assert.Equal(Regression().Targets.ToArray(), regression.Targets.ToArray());
    }

    [Fact]
    public void Targets_follow_their_samples()
    {
        var batch = InOrder(Regression().Subset([3, 1, 3]), 3).Single();

        Assert.Equal<float>([3, 1, 3], batch.Inputs.ToArray());
        Assert.Equal<float>([30, 10, 30], batch.Targets.ToArray());
        Assert.False(batch.HasLabels);
        Assert.Equal("batch of 3, inputs [3, 1], targets [3, 1]", batch.ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_split_divides_the_samples(int count)
    {
        var (first, second) = Regression().Split(count, seed: 4);

        Assert.Equal((count, 5 - count), (first.Count, second.Count));
        Assert.Equal<float>([0, 1, 2, 3, 4], first.Inputs.ToArray().Concat(second.Inputs.ToArray()).Order());
        Assert.Equal(first.Inputs.ToArray(), Regression().Split(count / 5.0, seed: 4).First.Inputs.ToArray());
    }

    [Fact]
    public void A_subset_keeps_name_origin_and_classes()
    {
        var data = new Dataset(Tensor.Zeros([3, 2]), [0, 1, 0], ["cat", "dog"], "pets", "drawn").Take(1);

        Assert.Equal(["cat", "dog"], data.Classes);
        Assert.Equal("pets: 1 samples [2], 2 classes (drawn)", data.ToString());
    }

    [Fact]
    public void Without_names_the_classes_are_numbered() => Assert.Equal(["0", "1", "2"], Classified().Classes);

    [Fact]
    public void A_regression_has_no_classes() =>
        Assert.Equal(("data: 5 samples [1], targets [1] (given)", 0), (Regression().ToString(), Regression().Classes.Count));

    private static Batch[] InOrder(Dataset data, int batchSize) => [.. new DataLoader(data, batchSize) { Shuffle = false }];

    private static Dataset Classified() =>
        new(Tensor.From([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [5, 1, 2]), [0, 1, 2, 0, 1]);

    private static Dataset Regression() =>
        new(Tensor.From([0, 1, 2, 3, 4], [5, 1]), Tensor.From([0, 10, 20, 30, 40], [5, 1]));
}
