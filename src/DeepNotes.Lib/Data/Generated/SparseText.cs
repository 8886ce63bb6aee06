namespace DeepNotes;

/// <summary>
/// Word counts distributed as in natural texts: the word of rank r has a probability proportional to 1/r (Zipf 1949).
/// Nearly all inputs are 0.
/// </summary>
public static class SparseText
{
    /// <summary>
    /// Documents of several classes. A word is drawn from a common distribution or, with the probability
    /// <paramref name="topic"/>, from that of its class, which assigns the same frequencies to a permutation of the words. Inputs
    /// [N, V] are counts.
    /// </summary>
    /// <param name="count">Documents, N.</param>
    /// <param name="vocabulary">Words, V.</param>
    /// <param name="classes">Classes, C.</param>
    /// <param name="length">The number of words in a document.</param>
    /// <param name="topic">The probability that a word is drawn from the distribution of the class, from 0 to 1.</param>
    /// <param name="seed">The same seed gives the same documents; it also determines the permutations.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number below 1, or a probability outside 0 … 1.</exception>
    public static Dataset Create(
        int count, int vocabulary = 1000, int classes = 4, int length = 60, double topic = 0.2, ulong seed = 0)
    {
        Check.AtLeast(1, count, "SparseText.Create");
        Check.AtLeast(1, vocabulary, "SparseText.Create");
        Check.AtLeast(1, classes, "SparseText.Create");
        Check.AtLeast(1, length, "SparseText.Create");

        if (!(topic is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(topic), $"SparseText: expected a topic share from 0 to 1, got {topic}.");
        }

        var generator = new Generator(seed);
        var frequencies = Cumulative(vocabulary);
        var languages = Enumerable.Range(0, classes).Select(_ => generator.Permutation(vocabulary)).ToArray();
        var inputs = new SampleRows(new float[checked(count * vocabulary)], [count, vocabulary]);
        var labels = new int[count];
        for (var i = 0; i < count; i++)
        {
            labels[i] = generator.Next(classes);
            for (var word = 0; word < length; word++)
            {
                var rank = Draw(frequencies, generator);
                inputs.Row(i)[generator.NextDouble() < topic ? languages[labels[i]][rank] : rank]++;
            }
        }

        return new Dataset(inputs, labels, [.. Enumerable.Range(0, classes).Select(c => $"topic {c}")], "sparse text", $"generated, seed {seed}");
    }

    /// <summary>P(rank ≤ r) for probabilities proportional to 1/(r + 1), r from 0.</summary>
    private static double[] Cumulative(int vocabulary)
    {
        var (sums, sum) = (new double[vocabulary], 0.0);
        for (var rank = 0; rank < vocabulary; rank++)
        {
            sums[rank] = sum += 1.0 / (rank + 1);
        }

        return Array.ConvertAll(sums, value => value / sum);
    }

    private static int Draw(double[] cumulative, Generator generator)
    {
        var found = Array.BinarySearch(cumulative, generator.NextDouble());
        return Math.Min(found < 0 ? ~found : found + 1, cumulative.Length - 1);
    }
}
