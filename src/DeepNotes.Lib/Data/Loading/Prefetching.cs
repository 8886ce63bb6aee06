using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace DeepNotes;

/// <summary>Produces the next elements of a sequence on another thread while the current one is in use.</summary>
internal static class Prefetching
{
    /// <summary>
    /// The same elements in the same order, with at most <paramref name="capacity"/> of them produced in advance. An exception
    /// of the source is rethrown after the elements before it; the thread has ended when the loop ends.
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

    /// <summary>Returns the exception that the source threw, to be rethrown by the consumer; null without one.</summary>
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
#pragma warning disable CA1031 // Every exception is rethrown on the consuming thread.
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
