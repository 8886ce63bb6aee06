using System.Collections;

namespace DeepNotes;

/// <summary>
/// The way from a data set to batches: one <c>foreach</c> is one epoch, every sample once, in an order of its own.
/// A loop that was left early goes on where it was; <see cref="State"/> does the same across programs, to the bit.
/// </summary>
public sealed class DataLoader : IEnumerable<Batch>
{
    private DataLoaderState _state;
    private int _loops;

    /// <summary>Batches of a data set.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="batchSize">Samples in a batch; an epoch's last one may have fewer.</param>
    /// <param name="seed">Fixes the order of the samples and everything that is random in the augmentations.</param>
    /// <exception cref="ArgumentException">There are no samples.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A batch size below 1.</exception>
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

    /// <summary>Samples in a batch.</summary>
    public int BatchSize { get; }

    /// <summary>Whether each epoch has an order of its own; else the samples come in the data set's order.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Whether a last batch of fewer samples is left out.</summary>
    public bool DropLast { get; init; }

    /// <summary>How many batches another thread prepares ahead; 0 for none. The batches are the same.</summary>
    public int Prefetch { get; init; }

    /// <summary>Random changes of each batch, one after another.</summary>
    public IReadOnlyList<Augmentation> Augmentations { get; init; } = [];

    /// <summary>The number of batches in an epoch.</summary>
    public int BatchesPerEpoch => DropLast ? Data.Count / BatchSize : (Data.Count + BatchSize - 1) / BatchSize;

    /// <summary>Where it is, as after the batch that it gave last; setting it goes on from there.</summary>
    /// <exception cref="ArgumentException">The state is of a loader with other numbers of samples.</exception>
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

    /// <summary>The batches that are left of the present epoch.</summary>
    /// <exception cref="InvalidOperationException">There is no full batch, or another loop began before this one's end.</exception>
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

    /// <summary>The generator moves on without shuffling too: the next epoch's augmentations are other ones.</summary>
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

    /// <summary>Random numbers belong to a sample's index in its epoch: no thread and no neighbour changes them.</summary>
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

/// <summary>Where a <see cref="DataLoader"/> is; a checkpoint saves it, and a loader that gets it goes on from there.</summary>
/// <param name="Generator">The generator's state when the epoch began.</param>
/// <param name="Epoch">How many epochs are complete.</param>
/// <param name="Position">How many batches of the present epoch were given.</param>
/// <param name="Samples">The number of samples that it walks over.</param>
/// <param name="BatchSize">The samples in a batch.</param>
public sealed record DataLoaderState(ulong Generator, int Epoch, int Position, int Samples, int BatchSize);
