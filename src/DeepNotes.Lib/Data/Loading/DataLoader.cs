using System.Collections;

namespace DeepNotes;

/// <summary>
/// Divides a data set into batches. Each <c>foreach</c> is one epoch: every sample once, shuffled anew. A loop that was left
/// early is continued by the next one; <see cref="State"/> does the same across processes, with identical batches.
/// </summary>
public sealed class DataLoader : IEnumerable<Batch>
{
    private DataLoaderState _state;
    private int _loops;

    /// <summary>Creates a loader of a data set.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="batchSize">The number of samples in a batch; the last one of an epoch may have fewer.</param>
    /// <param name="seed">The seed of the order of the samples and of the augmentations.</param>
    /// <exception cref="ArgumentException">There are no samples.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is below 1.</exception>
    public DataLoader(Dataset data, int batchSize = 128, ulong seed = 0)
    {
        if (data.Count == 0)
        {
            throw new ArgumentException($"DataLoader over '{data.Name}': expected at least 1 sample, got none.", nameof(data));
        }

        if (batchSize < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(batchSize), $"DataLoader over '{data.Name}': expected at least 1 sample in a batch, got {batchSize}.");
        }

        (Data, BatchSize) = (data, batchSize);
        _state = new DataLoaderState(seed, Epoch: 0, Position: 0, data.Count, batchSize);
    }

    /// <summary>The samples.</summary>
    public Dataset Data { get; }

    /// <summary>The number of samples in a batch.</summary>
    public int BatchSize { get; }

    /// <summary>Whether the samples are shuffled in each epoch; otherwise they come in the order of the data set.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Whether a smaller last batch is dropped.</summary>
    public bool DropLast { get; init; }

    /// <summary>The number of batches that another thread prepares in advance; 0 for none. It does not change the batches.</summary>
    public int Prefetch { get; init; }

    /// <summary>The augmentations of each batch, applied in order.</summary>
    public IReadOnlyList<Augmentation> Augmentations { get; init; } = [];

    /// <summary>The number of batches in an epoch.</summary>
    public int BatchesPerEpoch => DropLast ? Data.Count / BatchSize : (Data.Count + BatchSize - 1) / BatchSize;

    /// <summary>The position after the last batch returned; setting it continues from that position.</summary>
    /// <exception cref="ArgumentException">The state is that of a loader with another number of samples or batch size.</exception>
    public DataLoaderState State
    {
        get => _state;
        set
        {
            if ((value.Samples, value.BatchSize) != (Data.Count, BatchSize)
                || value.Position < 0 || value.Position > BatchesPerEpoch || value.Epoch < 0)
            {
                throw new ArgumentException(
                    $"DataLoader over '{Data.Name}': expected the state of a loader of {Data.Count} samples in batches of "
                    + $"{BatchSize}, at position 0 to {BatchesPerEpoch}; got {value}.",
                    nameof(value));
            }

            _state = value;
            _loops++;
        }
    }

    /// <summary>The remaining batches of the current epoch.</summary>
    /// <exception cref="InvalidOperationException">There is no full batch, or another loop began before this one ended.</exception>
    public IEnumerator<Batch> GetEnumerator() => BatchesPerEpoch > 0
        ? Batches(++_loops)
        : throw new InvalidOperationException(
            $"DataLoader over '{Data.Name}': {Data.Count} samples give no full batch of {BatchSize}; "
            + "take smaller batches, or keep the last one (DropLast = false).");

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerator<Batch> Batches(int loop)
    {
        var (key, first) = (_state.Generator, _state.Position);
        var generator = new Generator(key);
        var order = OrderBy(generator);
        var rest = Enumerable.Range(first, BatchesPerEpoch - first).Select(position => Load(order, position, key));
        foreach (var batch in Prefetch > 0 ? rest.Prefetched(Prefetch) : rest)
        {
            CheckLoop(loop);
            _state = _state with { Position = _state.Position + 1 };
            yield return batch;
        }

        CheckLoop(loop);
        _state = _state with { Generator = generator.State, Epoch = _state.Epoch + 1, Position = 0 };
    }

    /// <summary>The permutation is drawn even without shuffling, so that the augmentations differ between epochs.</summary>
    private int[] OrderBy(Generator generator)
    {
        var order = generator.Permutation(Data.Count);
        return Shuffle ? order : [.. Enumerable.Range(0, Data.Count)];
    }

    private Batch Load(int[] order, int position, ulong key)
    {
        var first = position * BatchSize;
        var batch = Data.BatchOf(order[first..Math.Min(first + BatchSize, order.Length)]);
        var generators = Enumerable.Range(first, batch.Count).Select(index => GeneratorOf(key, index)).ToArray();
        return Augmentations.Aggregate(batch, (augmented, augmentation) => augmentation.Apply(augmented, generators));
    }

    /// <summary>The generator of a sample depends on its index in the epoch alone, not on threads or other samples.</summary>
    private static Generator GeneratorOf(ulong key, int index) => new(new Generator(key ^ (ulong)index << 32).NextBits());

    private void CheckLoop(int loop)
    {
        if (loop != _loops)
        {
            throw new InvalidOperationException(
                $"DataLoader over '{Data.Name}': another loop over it, or a new State, came before this one's end; "
                + "make one loader for each loop.");
        }
    }
}

/// <summary>The state of a <see cref="DataLoader"/>, stored in checkpoints.</summary>
/// <param name="Generator">The state of the generator at the beginning of the epoch.</param>
/// <param name="Epoch">The number of complete epochs.</param>
/// <param name="Position">The number of batches returned in the current epoch.</param>
/// <param name="Samples">The number of samples of the data set.</param>
/// <param name="BatchSize">The number of samples in a batch.</param>
public sealed record DataLoaderState(ulong Generator, int Epoch, int Position, int Samples, int BatchSize);
