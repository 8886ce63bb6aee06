namespace DeepNotes;

/// <summary>Where a <see cref="DataLoader"/> is; a checkpoint saves it, and a loader that gets it goes on from there.</summary>
/// <param name="Generator">The generator's state when the epoch began.</param>
/// <param name="Epoch">How many epochs are complete.</param>
/// <param name="Position">How many batches of the present epoch were given.</param>
/// <param name="Samples">The number of samples that it walks over.</param>
/// <param name="BatchSize">The samples in a batch.</param>
public sealed record DataLoaderState(ulong Generator, int Epoch, int Position, int Samples, int BatchSize);
