namespace DeepNotes;

/// <summary>
/// Cross-validation: the samples are divided into k folds, and each fold is the validation set for the others once.
/// </summary>
public static class CrossValidation
{
    /// <summary>k folds in random order, their sizes differing by at most one.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="k">The number of folds, from 2 to N; N is leave-one-out.</param>
    /// <param name="seed">The same seed gives the same folds.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is outside 2 … N.</exception>
    public static IReadOnlyList<(Dataset Train, Dataset Validation)> Folds(this Dataset data, int k, ulong seed = 0)
    {
        CheckFolds(nameof(Folds), data, k, data.Count);
        return Parts(data, k, RoundRobin([new Generator(seed).Permutation(data.Count)], k));
    }

    /// <summary>Stratified folds: the proportions of the classes are the same in every fold, up to rounding.</summary>
    /// <inheritdoc cref="Folds"/>
    /// <exception cref="ArgumentException">A class has fewer than k samples.</exception>
    public static IReadOnlyList<(Dataset Train, Dataset Validation)> FoldsStratified(this Dataset data, int k, ulong seed = 0)
    {
        CheckFolds(nameof(FoldsStratified), data, k, data.Count);
        Splits.CheckClasses(nameof(FoldsStratified), data, k);
        var generator = new Generator(seed);
        return Parts(data, k, RoundRobin(Splits.SamplesOf(data.Labels).Select(samples => Shuffled(samples, generator)), k));
    }

    /// <summary>k folds without a group in common. Groups are assigned in descending order of size, each to the smallest fold.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="groups">The group of each sample, any numbers.</param>
    /// <param name="k">The number of folds, from 2 to the number of groups.</param>
    /// <exception cref="ArgumentException">The length of <paramref name="groups"/> is not N, or there are fewer than k groups.</exception>
    /// <exception cref="ArgumentOutOfRangeException">k is outside 2 … N.</exception>
    public static IReadOnlyList<(Dataset Train, Dataset Validation)> FoldsByGroup(this Dataset data, int[] groups, int k)
    {
        CheckFolds(nameof(FoldsByGroup), data, k, data.Count);
        Splits.CheckGroups(nameof(FoldsByGroup), data, groups, k);
        var sizes = new int[k];
        var fold = new int[data.Count];
        foreach (var members in Splits.SamplesOf(groups).OrderByDescending(members => members.Length))
        {
            var smallest = Array.IndexOf(sizes, sizes.Min());
            sizes[smallest] += members.Length;
            foreach (var sample in members)
                fold[sample] = smallest;
        }

        return Parts(data, k, fold);
    }

    /// <summary>The fold of each sample: the samples of all lists, one list after another, are assigned to the folds in turn.</summary>
    private static int[] RoundRobin(IEnumerable<int[]> lists, int k)
    {
        var samples = lists.SelectMany(list => list).ToArray();
        var fold = new int[samples.Length];
        for (var i = 0; i < samples.Length; i++)
        {
            fold[samples[i]] = i % k;
        }

        return fold;
    }

    private static int[] Shuffled(int[] samples, Generator generator) =>
        Array.ConvertAll(generator.Permutation(samples.Length), turn => samples[turn]);

    private static (Dataset Train, Dataset Validation)[] Parts(Dataset data, int k, int[] fold) =>
        [.. Enumerable.Range(0, k).Select(i => (Where(data, fold, f => f != i), Where(data, fold, f => f == i)))];

    private static Dataset Where(Dataset data, int[] fold, Func<int, bool> isIn) =>
        data.Subset([.. Enumerable.Range(0, data.Count).Where(sample => isIn(fold[sample]))]);

    private static void CheckFolds(string operation, Dataset data, int k, int most)
    {
        if (k < 2 || k > most)
        {
            throw new ArgumentOutOfRangeException(
                nameof(k), $"{operation} of '{data.Name}': expected 2 to {most} folds, got {k}.");
        }
    }
}
