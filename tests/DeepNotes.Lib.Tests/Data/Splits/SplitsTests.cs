namespace DeepNotes.Tests.Data;

public sealed class SplitsTests
{
    // Sample i has the value i, which identifies the samples of a part. Classes of 60, 30 and 10 samples.
    private static readonly Dataset Data = Numbered([.. Enumerable.Range(0, 100).Select(i => i % 10 < 6 ? 0 : i % 10 < 9 ? 1 : 2)]);
    private static readonly int[] Groups = [.. Enumerable.Range(0, 100).Select(i => -(i * i) % 17)];

    public static TheoryData<string, Func<(Dataset First, Dataset Second)>> Parts => new()
    {
        { "stratified", () => Data.SplitStratified(0.8, seed: 1) },
        { "by group", () => Data.SplitByGroup(Groups, 0.8, seed: 1) },
        { "by time", () => Data.SplitByTime([.. Groups.Select(group => (double)group)], 0.8) },
        { "fold", () => Data.Folds(3, seed: 1)[2] },
        { "stratified fold", () => Data.FoldsStratified(3, seed: 1)[2] },
        { "group fold", () => Data.FoldsByGroup(Groups, 3)[2] },
    };

    public static TheoryData<Action, string> Errors => new()
    {
        { () => Numbered([0, 1, 0]).SplitStratified(0.5), "class 1 has 1 sample (sample 1), expected at least 2" },
        { () => Numbered([0, 1, 0, 1]).FoldsStratified(3), "class 0 has 2 samples" },
        { () => Data.SplitStratified(0), "expected a fraction above 0 and below 1, got 0" },
        { () => Data.SplitStratified(double.NaN), "got NaN" },
        { () => Data.SplitByGroup([1], 0.5), "a group for each of 100 samples and at least 2 groups, got 1 numbers of 1 groups" },
        { () => Data.SplitByGroup(new int[100], 0.5), "got 100 numbers of 1 groups" },
        { () => Data.SplitByGroup(Groups, 1), "below 1, got 1" },
        { () => Data.FoldsByGroup(Groups, 50), "at least 50 groups" },
        { () => Data.SplitByTime([1, 2], 0.5), "expected 100 times, none of them NaN, got 2" },
        { () => Data.SplitByTime([.. Enumerable.Repeat(double.NaN, 100)], 0.5), "got 100 with NaN" },
        { () => Data.SplitByTime(new double[100], 0.5), "no time divides 100 samples near 0.5" },
        { () => Data.Folds(1), "expected 2 to 100 folds, got 1" },
        { () => Data.Folds(101), "expected 2 to 100 folds, got 101" },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void Misuse_is_explained(Action action, string expected) =>
        Assert.Contains(expected, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Parts))]
    public void Every_sample_is_in_one_part_and_the_seed_determines_which(string name, Func<(Dataset First, Dataset Second)> split)
    {
        var (first, second) = split();

        Assert.Equal(Enumerable.Range(0, 100), Samples(first).Concat(Samples(second)).Order());
        Assert.True(first.Count > 0 && second.Count > 0, name);
        Assert.Equal(Samples(first), Samples(split().First));
    }

    [Fact]
    public void A_stratified_split_keeps_the_proportions_of_the_classes()
    {
        var (first, second) = Data.SplitStratified(0.8, seed: 1);

        Assert.Equal([48, 24, 8], CountsOf(first));
        Assert.Equal([12, 6, 2], CountsOf(second));
        Assert.NotEqual(Samples(first), Samples(Data.SplitStratified(0.8, seed: 2).First));
        Assert.NotEqual(Samples(first).Order(), Samples(first));
    }

    [Fact]
    public void A_class_of_two_is_in_both_parts_however_small_the_fraction()
    {
        var (first, second) = Numbered([0, 0, 1, 1, 1, 1]).SplitStratified(0.01);

        Assert.Equal([1, 1], CountsOf(first));
        Assert.Equal([1, 3], CountsOf(second));
    }

    [Fact]
    public void Groups_are_never_divided()
    {
        var (first, second) = Data.SplitByGroup(Groups, 0.8, seed: 1);

        Assert.Empty(GroupsOf(first).Intersect(GroupsOf(second)));
        Assert.InRange(first.Count, 65, 95);
        foreach (var (train, validation) in Data.FoldsByGroup(Groups, 4))
        {
            Assert.Empty(GroupsOf(train).Intersect(GroupsOf(validation)));
            Assert.InRange(validation.Count, 20, 30);
        }
    }

    [Fact]
    public void Future_samples_are_later_than_past_ones_even_with_equal_times()
    {
        double[] times = [5, 1, 3, 3, 3, 2, 9, 8];

        var (past, future) = Numbered([0, 1, 0, 1, 0, 1, 0, 1]).SplitByTime(times, 0.5);

        Assert.Equal([1, 5], Samples(past));
        Assert.Equal([2, 3, 4, 0, 7, 6], Samples(future));
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(7, false)]
    [InlineData(100, false)]
    [InlineData(3, true)]
    [InlineData(10, true)]
    public void Each_sample_validates_once_in_folds_of_equal_size(int k, bool stratified)
    {
        var folds = stratified ? Data.FoldsStratified(k) : Data.Folds(k);

        Assert.Equal(Enumerable.Range(0, 100), folds.SelectMany(fold => Samples(fold.Validation)).Order());
        Assert.All(folds, fold =>
        {
            Assert.InRange(fold.Validation.Count, 100 / k, 100 / k + 1);
            Assert.Empty(Samples(fold.Train).Intersect(Samples(fold.Validation)));
            Assert.Equal(100, fold.Train.Count + fold.Validation.Count);
            if (stratified)
            {
                Assert.InRange(CountsOf(fold.Validation)[0], 60 / k, 60 / k + 1);
                Assert.InRange(CountsOf(fold.Validation)[2], 10 / k, 10 / k + 1);
            }
        });
    }

    private static int[] Samples(Dataset data) => [.. data.Inputs.ToArray().Select(value => (int)value)];

    private static IEnumerable<int> GroupsOf(Dataset data) => Samples(data).Select(sample => Groups[sample]);

    private static int[] CountsOf(Dataset data) =>
        [.. data.Labels.CountBy(label => label).OrderBy(count => count.Key).Select(count => count.Value)];

    private static Dataset Numbered(int[] labels) =>
        new(Tensor.From([.. Enumerable.Range(0, labels.Length).Select(i => (float)i)], [labels.Length, 1]), labels);
}
