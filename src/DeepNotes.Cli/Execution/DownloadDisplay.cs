using System.Collections.Concurrent;
using Spectre.Console;

namespace DeepNotes.Cli.Execution;

/// <summary>Shows a download: a progress bar per file on a terminal, otherwise one line per file.</summary>
internal static class DownloadDisplay
{
    public static Task<T> ShowAsync<T>(CommandContext context, Func<IProgress<DownloadProgress>, Task<T>> work) =>
        context.IsLive ? ShowBarsAsync(context, work) : work(new SynchronousProgress(PrintEachFileOnce(context)));

    private static Task<T> ShowBarsAsync<T>(CommandContext context, Func<IProgress<DownloadProgress>, Task<T>> work) =>
        context.CreateConsole().Progress().StartAsync(live =>
        {
            var bars = new ConcurrentDictionary<string, ProgressTask>();
            return work(new SynchronousProgress(step =>
            {
                var bar = bars.GetOrAdd(step.File, file => live.AddTask(Markup.Escape(file), maxValue: step.Total));
                bar.Value = step.Received;
            }));
        });

    private static Action<DownloadProgress> PrintEachFileOnce(CommandContext context)
    {
        var seen = new ConcurrentDictionary<string, bool>();
        return step =>
        {
            if (seen.TryAdd(step.File, true))
            {
                context.Output.WriteLine($"{step.File}  {step.Total / 1e6:0.0} MB");
            }
        };
    }

    // Progress<T> reports on the thread pool, out of order, so a bar could move backwards.
    private sealed class SynchronousProgress(Action<DownloadProgress> show) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => show(value);
    }
}
