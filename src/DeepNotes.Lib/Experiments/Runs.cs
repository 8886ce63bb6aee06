using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using DeepNotes.Backends;
using DeepNotes.Backends.Cpu;

namespace DeepNotes;

/// <summary>Runs independent long computations, such as trainings, in parallel.</summary>
public static class Runs
{
    /// <summary>
    /// Applies a function to each item and returns the results in the order of the items. On the CPU, <see cref="CpuThreads.Count"/>
    /// items run at a time on one thread each, which for small networks is far faster than all threads on one item after the
    /// other. The results are those of sequential execution, provided that the function writes to nothing that another item
    /// reads: layers without a seed draw from a sequence that belongs to their item (<see cref="Seeds"/>).
    /// </summary>
    /// <param name="items">The items, such as seeds.</param>
    /// <param name="run">The function; it may be called on several threads at once.</param>
    /// <exception cref="OperationCanceledException">The reader interrupted the cell.</exception>
    /// <example><code>double[] losses = threeSeeds.OnAllCores(seed => Train(Net(seed), seed));</code></example>
    public static TResult[] OnAllCores<T, TResult>(this IEnumerable<T> items, Func<T, TResult> run)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(run);
        (T Item, ulong Seed)[] seeded = [.. items.Select(item => (item, Seeds.Next()))];
        return Each(seeded, one => one.Seed, one => run(one.Item));
    }

    /// <summary>The same, with a given seed for the sequence of seeds of each item.</summary>
    internal static TResult[] Each<T, TResult>(IReadOnlyList<T> items, Func<T, ulong> seedOf, Func<T, TResult> run)
    {
        var results = new TResult[items.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Device.Current == Device.Cpu && items.Count > 1 && !Team.IsInside ? CpuThreads.Count : 1 };
        try
        {
            Parallel.ForEach(Partitioner.Create(Enumerable.Range(0, items.Count), EnumerablePartitionerOptions.NoBuffering), options, place =>
            {
                Live.Cancellation.ThrowIfCancellationRequested();
                using var seeds = Seeds.BeginRun(seedOf(items[place]));
                using var alone = options.MaxDegreeOfParallelism > 1 ? Team.RunSequentially() : null;
                results[place] = run(items[place]);
            });
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }

        return results;
    }
}
