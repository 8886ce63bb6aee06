namespace DeepNotes;

/// <summary>
/// Splits of a data set without leakage: stratified by class, by group, or by time.
/// </summary>
public static class Splits
{
    /// <summary>A stratified random split: the same fraction of every class, rounded, with at least one sample of it in each part.</summary>
    /// <param name="data">Samples with labels.</param>
    /// <param name="fraction">The size of the first part as a fraction of each class, above 0 and below 1.</param>
    /// <param name="seed">The same seed gives the same parts.</param>
    /// <exception cref="ArgumentException">A class has a single sample, which cannot be in both parts.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not above 0 and below 1.</exception>
    public static (Dataset First, Dataset Second) SplitStratified(this Dataset data, double fraction, ulong seed = 0)
    {
        CheckFraction(nameof(SplitStratified), data, fraction);
        CheckClasses(nameof(SplitStratified), data, 2);
        var generator = new Generator(seed);
        var isFirst = new bool[data.Count];
        foreach (var samples in SamplesOf(data.Labels))
        {
            var count = Math.Clamp((int)Math.Round(fraction * samples.Length), 1, samples.Length - 1);
            foreach (var turn in generator.Permutation(samples.Length).Take(count))
                isFirst[samples[turn]] = true;
        }

        return Divide(data, generator.Permutation(data.Count), i => isFirst[i]);
    }

    /// <summary>
    /// A random split without a group in common: all samples of a patient, a speaker or a page are in the same part. Groups in
    /// random order are added to the first part while that brings its size nearer to the fraction.
    /// </summary>
    /// <param name="data">The samples.</param>
    /// <param name="groups">The group of each sample, any numbers.</param>
    /// <param name="fraction">The size of the first part as a fraction of the samples, above 0 and below 1.</param>
    /// <param name="seed">The same seed gives the same parts.</param>
    /// <exception cref="ArgumentException">The length of <paramref name="groups"/> is not N, or there are fewer than two groups.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not above 0 and below 1.</exception>
    public static (Dataset First, Dataset Second) SplitByGroup(
        this Dataset data, int[] groups, double fraction, ulong seed = 0)
    {
        CheckFraction(nameof(SplitByGroup), data, fraction);
        CheckGroups(nameof(SplitByGroup), data, groups, 2);
        var members = SamplesOf(groups);
        var generator = new Generator(seed);
        var order = generator.Permutation(members.Length);
        var first = new HashSet<int>();
        var size = 0;
        foreach (var group in order.Take(members.Length - 1))
        {
            var grown = size + members[group].Length;
            if (size == 0 || Math.Abs(grown - fraction * data.Count) < Math.Abs(size - fraction * data.Count))
            {
                first.Add(groups[members[group][0]]);
                size = grown;
            }
        }

        return Divide(data, generator.Permutation(data.Count), i => first.Contains(groups[i]));
    }

    /// <summary>
    /// A split into past and future, so that a model is not trained on later samples. Samples of equal time stay together: the
    /// first part has the given fraction of the samples, or somewhat fewer in case of equal times.
    /// </summary>
    /// <param name="data">The samples.</param>
    /// <param name="times">The time of each sample, in any unit.</param>
    /// <param name="fraction">The size of the first part as a fraction of the samples, above 0 and below 1.</param>
    /// <exception cref="ArgumentException">The length of <paramref name="times"/> is not N, a time is NaN, or there are too few distinct times.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not above 0 and below 1.</exception>
    public static (Dataset Past, Dataset Future) SplitByTime(this Dataset data, double[] times, double fraction)
    {
        CheckFraction(nameof(SplitByTime), data, fraction);
        if (times.Length != data.Count || times.Any(double.IsNaN))
        {
            throw new ArgumentException(
                $"SplitByTime of '{data.Name}': expected {data.Count} times, none of them NaN, got {times.Length}"
                + $"{(times.Any(double.IsNaN) ? " with NaN" : "")}.",
                nameof(times));
        }

        var order = Enumerable.Range(0, data.Count).OrderBy(i => times[i]).ToArray();
        var boundary = (int)Math.Round(fraction * data.Count);
        while (boundary > 0 && boundary < data.Count && times[order[boundary]] == times[order[boundary - 1]])
        {
            boundary--;
        }

        return boundary > 0 && boundary < data.Count
            ? (data.Subset(order[..boundary]), data.Subset(order[boundary..]))
            : throw new ArgumentException(
                $"SplitByTime of '{data.Name}': no time divides {data.Count} samples near {fraction}; "
                + "too many have the same time, or the fraction leaves a part empty.",
                nameof(times));
    }

    /// <summary>The indices of the samples with each value, in ascending order of the values.</summary>
    internal static int[][] SamplesOf(int[] values) =>
        [.. Enumerable.Range(0, values.Length).GroupBy(i => values[i]).OrderBy(group => group.Key).Select(group => group.ToArray())];

    internal static void CheckClasses(string operation, Dataset data, int atLeast)
    {
        foreach (var samples in SamplesOf(data.Labels).Where(samples => samples.Length < atLeast))
        {
            throw new ArgumentException(
                $"{operation} of '{data.Name}': class {data.Classes[data.Labels[samples[0]]]} has {samples.Length} "
                + $"sample{(samples.Length == 1 ? "" : "s")} (sample {string.Join(", ", samples)}), expected at least {atLeast}, "
                + "one for each part; leave the class out or collect more.",
                nameof(data));
        }
    }

    internal static void CheckGroups(string operation, Dataset data, int[] groups, int atLeast)
    {
        var different = groups.Distinct().Count();
        if (groups.Length != data.Count || different < atLeast)
        {
            throw new ArgumentException(
                $"{operation} of '{data.Name}': expected a group for each of {data.Count} samples and at least "
                + $"{atLeast} groups, got {groups.Length} numbers of {different} groups.",
                nameof(groups));
        }
    }

    private static void CheckFraction(string operation, Dataset data, double fraction)
    {
        if (!(fraction > 0 && fraction < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(fraction), $"{operation} of '{data.Name}': expected a fraction above 0 and below 1, got {fraction}.");
        }
    }

    private static (Dataset First, Dataset Second) Divide(Dataset data, int[] order, Func<int, bool> isFirst)
    {
        var parts = order.ToLookup(isFirst);
        return (data.Subset([.. parts[true]]), data.Subset([.. parts[false]]));
    }
}
