namespace DeepNotes;

/// <summary>Where a run is: what has happened, the sums of the epoch under way, and the loader's next batch.</summary>
internal sealed record RunPosition(History History, Tally Tally, DataLoaderState Loader);
