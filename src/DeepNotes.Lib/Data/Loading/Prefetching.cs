using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace DeepNotes;

/// <summary>Making the next elements on another thread while the present one is in use.</summary>
internal static class Prefetching
{
    /// <summary>
    /// The same elements in the same order, at most <paramref name="capacity"/> of them made ahead. What the source
    /// throws comes in its turn; the thread has ended when the loop has.
    /// </summary>
    public static IEnumerable<T> Prefetched<T>(this IEnumerable<T> source, int capacity)
    {
        using var stop = new CancellationTokenSource();
        using var queue = new BlockingCollection<T>(capacity);
        var producer = Task.Factory.StartNew(
            () => Produce(source, queue, stop.Token),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        try
        {
            foreach (var element in queue.GetConsumingEnumerable())
            {
                yield return element;
            }

            producer.Result?.Throw();
        }
        finally
        {
            stop.Cancel();
            producer.Wait();
        }
    }

    /// <summary>What the source threw, kept to be thrown where the elements are used.</summary>
    private static ExceptionDispatchInfo? Produce<T>(
        IEnumerable<T> source, BlockingCollection<T> queue, CancellationToken stop)
    {
        try
        {
            foreach (var element in source)
            {
                queue.Add(element, stop);
            }

            return null;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
#pragma warning disable CA1031 // Whatever it is, it belongs to the thread that asked for the element.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return ExceptionDispatchInfo.Capture(failure);
        }
        finally
        {
            queue.CompleteAdding();
        }
    }
}
