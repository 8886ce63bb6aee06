namespace DeepNotes;

/// <summary>Sequences with long-term dependencies, for recurrent networks.</summary>
public static class Sequences
{
    /// <summary>
    /// The adding problem (Hochreiter, Schmidhuber 1997, "Long short-term memory", experiment 4, with values from 0 to 1
    /// and a fixed length as in Le, Jaitly, Hinton 2015): each step has a random value and a mark; two steps are marked,
    /// one in each half; the target is the sum of their values. The constant prediction 1 has a mean squared error of 1/6.
    /// Inputs [N, T, 2] (value, mark), targets [N, 1].
    /// </summary>
    /// <param name="count">Sequences, N.</param>
    /// <param name="length">Steps, T, at least 2.</param>
    /// <param name="seed">The same seed gives the same sequences.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1 sequence or 2 steps.</exception>
    public static Dataset AddingProblem(int count, int length = 100, ulong seed = 0)
    {
        Check.AtLeast(1, count, "AddingProblem");
        Check.AtLeast(2, length, "AddingProblem");
        var generator = new Generator(seed);
        var inputs = new SampleRows(new float[checked(count * length * 2)], [count, length, 2]);
        var targets = new float[count];
        for (var i = 0; i < count; i++)
        {
            var steps = inputs.Row(i);
            for (var t = 0; t < length; t++)
            {
                steps[2 * t] = generator.NextSingle();
            }

            var half = length / 2;
            foreach (var t in (ReadOnlySpan<int>)[generator.Next(half), half + generator.Next(length - half)])
            {
                steps[2 * t + 1] = 1;
                targets[i] += steps[2 * t];
            }
        }

        return new Dataset(inputs, new SampleRows(targets, [count, 1]), "adding problem", $"generated, seed {seed}");
    }

    /// <summary>
    /// Copy memory (Hochreiter, Schmidhuber 1997; in this form Arjovsky, Shah, Bengio 2016, "Unitary evolution recurrent
    /// neural networks"): S symbols, D - 1 blanks and a signal, after which the symbols are to be output in order; until then,
    /// blanks. Guessing among A symbols has a cross-entropy of S ln A / T per step. Inputs one-hot [N, T, A + 2] with
    /// T = D + 2S: 0 is the blank, 1 … A the symbols, A + 1 the signal; targets one-hot [N, T, A + 1].
    /// </summary>
    /// <param name="count">Sequences, N.</param>
    /// <param name="delay">D, at least 1; the signal is the last of these steps.</param>
    /// <param name="symbols">S.</param>
    /// <param name="alphabet">A.</param>
    /// <param name="seed">The same seed gives the same sequences.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number below 1.</exception>
    public static Dataset CopyMemory(int count, int delay = 100, int symbols = 10, int alphabet = 8, ulong seed = 0)
    {
        Check.AtLeast(1, count, "CopyMemory");
        Check.AtLeast(1, delay, "CopyMemory");
        Check.AtLeast(1, symbols, "CopyMemory");
        Check.AtLeast(1, alphabet, "CopyMemory");

        var generator = new Generator(seed);
        var steps = delay + 2 * symbols;
        var inputs = new SampleRows(new float[checked(count * steps * (alphabet + 2))], [count, steps, alphabet + 2]);
        var targets = new SampleRows(new float[checked(count * steps * (alphabet + 1))], [count, steps, alphabet + 1]);
        for (var i = 0; i < count; i++)
        {
            var sequence = Enumerable.Range(0, symbols).Select(_ => 1 + generator.Next(alphabet)).ToArray();
            var blanks = new int[symbols];
            Write(inputs.Row(i), alphabet + 2, [.. sequence, .. new int[delay - 1], alphabet + 1, .. blanks]);
            Write(targets.Row(i), alphabet + 1, [.. blanks, .. new int[delay], .. sequence]);
        }

        return new Dataset(inputs, targets, "copy memory", $"generated, seed {seed}");
    }

    private static void Write(Span<float> oneHot, int width, int[] symbols)
    {
        for (var t = 0; t < symbols.Length; t++)
        {
            oneHot[t * width + symbols[t]] = 1;
        }
    }
}
