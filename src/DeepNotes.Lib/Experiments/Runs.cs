using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using DeepNotes.Backends;
using DeepNotes.Backends.Cpu;

namespace DeepNotes;

/// <summary>Trainings and other long work that do not depend on each other, side by side.</summary>
public static class Runs
{
    /// <summary>
    /// What a function makes of each item, in the order of the items. On the CPU as many items as there are cores
    /// (<see cref="CpuThreads.Count"/>) are worked on at a time, each by one thread, which for small networks takes far less
    /// time than all threads on each. The results are those of one after the other, as long as the function writes to nothing
    /// that another item reads: layers without a seed draw from a sequence of their item's own (<see cref="Seeds"/>).
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

    /// <summary>The same, with the number that starts the sequence of seeds of each item.</summary>
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
